"""French and Italian."""

from __future__ import annotations

from digest.summary.lexicon.words import Lexicon

FRENCH = Lexicon(
    language="fr",
    verb_first=True,
    dialogue=True,
    elisions="[ldjnmtsc]|qu|jusqu|lorsqu|puisqu",
    enclitics="il|elle|on|ils|elles|je|nous",
    men_articles="le un",
    women_articles="la une",
    women_endings="a ette elle ise ienne",
    opening_sources="pour",
    times="lundi mardi mercredi jeudi vendredi samedi dimanche hier aujourd'hui soir matin",
    directions="défense intérieur économie justice santé éducation agriculture travail culture "
    "finances budget affaires étrangères transports environnement écologie république "
    "paris lyon marseille lille nantes bordeaux france état",
    says=(
        "dit disait dira disent déclaré déclare déclarait affirmé affirme affirmait affirmaient "
        "expliqué explique expliquait ajouté ajoute ajoutait souligné souligne soulignait estimé "
        "estime estimait précisé précise précisait indiqué indique annoncé annonce rappelé "
        "rappelle assuré assure assurait confié confie raconté raconte racontait répondu répond "
        "répondait lancé lance écrit écrivait écrivent dénoncé dénonce regretté regrette insisté "
        "insiste martelé martèle reconnu reconnaît conclu conclut poursuivi poursuit poursuivait "
        "résumé résume commenté commente réagi réagit plaidé plaide averti avertit prévenu "
        "prévient promis promet tweeté soupire sourit exclame exclamé interroge interrogé demande "
        "demandé observe observé note noté juge jugé renchérit glisse glissé admet admis détaille "
        "détaillé salué salue déplore déploré appelé qualifié témoigne témoigné murmure murmuré "
        "répète répété lâche lâché relate attaque attaqué accuse accusé réplique répliqué rétorque "
        "rétorqué ironise ironisé tranche tranché fustige fustigé alerte alerté tempère tempéré "
        "nuance nuancé abonde analyse analysé constate constaté constatait prédit justifie "
        "justifié confirme confirmé proteste protesté menace menacé emporte emporté réjouit "
        "réjouissait réjoui désole désolé indigne indigné inquiète inquiété étonne étonné agace "
        "agacé amuse amusé enthousiasme défend défendu soutient soutenu argumente argumenté "
        "concède concédé avance avancé signale signalé plaisante plaisanté enchaîne enchaîné "
        "complète complété pense pensait croit espère souvient souvenait remarque remarqué reprend "
        "repris rassure rassuré rassurait ajoutent expliquent affirment estiment dénoncent "
        "soulignent racontent indiquent précisent réclame réclamé exige exigé avoue avoué révèle "
        "révélé tonne écrie écrié lit évoque évoqué décrit craint alarme alarmé félicite félicité"
    ),
    faint=(
        "pense pensait croit espère craint lit évoque évoqué décrit appelé qualifié salue salué "
        "analyse menace avance alarme complète"
    ),
    he="il",
    she="elle",
    they="ils elles",
    self="je nous j",
    determiners="le la les l un une des du son sa ses leur leurs ce cet cette ces notre nos votre "
    "plusieurs certains quelques mon ma mes chaque",
    genitives="de d pour",
    prepositions="à au aux en dans sur sous avec par chez vers contre sans depuis pendant entre "
    "après avant devant auprès lors dès",
    relatives="qui que qu dont où quand lorsque si parce comme tandis pourquoi comment quoi",
    conjunctions="et ou mais donc car",
    between="a ont avait avaient est sont était étaient été s se aussi encore ensuite puis "
    "également déjà ne pas t toutefois notamment m lui y",
    roles=(
        "porte-parole ministre ministère président présidente directeur directrice maire chef "
        "cheffe responsable responsables expert experte experts chercheur chercheuse chercheurs "
        "scientifique scientifiques avocat avocate procureur procureure juge tribunal police "
        "gouvernement syndicat association entreprise société groupe parti opposition député "
        "députée sénateur sénatrice conseiller conseillère professeur professeure enseignant "
        "enseignante auteur autrice historien historienne conservateur conservatrice habitant "
        "habitante témoin témoins journaliste journal quotidien communiqué rapport étude "
        "entraîneur artiste agriculteur agricultrice vigneron vigneronne ingénieur ingénieure "
        "secrétaire commandant commandante fondateur fondatrice gérant gérante médecin infirmière "
        "mère père homme femme premier première commissaire préfet préfète candidat candidate "
        "voisin voisine patron patronne biologiste économiste sociologue bibliothécaire boulanger "
        "boulangère ami amie frère sœur fils fille époux épouse mari veuf veuve oncle tante cousin "
        "cousine collègue assistant assistante neveu nièce compagnon compagne lieutenant "
        "lieutenant-colonel colonel capitaine adjudant sergent général brigadier pompier pompière "
        "gendarme climatologue météorologue géologue archéologue psychologue politologue "
        "épidémiologiste virologue astronome physicien physicienne mathématicien chimiste joueur "
        "joueuse chanteur chanteuse acteur actrice comédien comédienne réalisateur réalisatrice "
        "écrivain écrivaine romancier romancière peintre sculpteur danseur danseuse musicien "
        "musicienne pianiste chef-d'orchestre éditeur éditrice rédacteur rédactrice producteur "
        "productrice pêcheur pêcheuse éleveur éleveuse maraîcher berger bergère artisan commerçant "
        "commerçante restaurateur cuisinier cuisinière chauffeur conducteur ouvrier ouvrière "
        "salarié salariée syndicaliste délégué déléguée coordinateur coordinatrice trésorier "
        "trésorière adjointe bâtonnier magistrat magistrate enquêteur enquêtrice policier "
        "policière soldat ambassadeur ambassadrice diplomate élu élue conseillers proviseur "
        "principal doyen doyenne recteur rectrice étudiant étudiante élève parent riverain "
        "riveraine touriste passager survivant rescapé rescapée victime militant militante "
        "activiste propriétaire locataire client cliente gardien gardienne archevêque évêque curé "
        "pape imam rabbin ministères fédération collectif ong chancelier chancelière "
        "premier-ministre gouverneur gouverneure vice-président vice-présidente proche"
    ),
    titles="dr pr me maître docteur",
    modifiers="général générale adjoint adjointe délégué déléguée ancien ancienne premier première "
    "municipal municipale",
    men="m monsieur",
    women="mme mlle madame",
    particles="de d du des la le van von ben al el",
    sources="selon|d'après|d’après|aux yeux de|aux yeux du|de l'avis de|à en croire|au dire "
    "de|aux dires de",
    works=(
        "film livre roman chanson album pièce opéra série magazine émission podcast documentaire "
        "tableau exposition poème jeu intitulé intitulée baptisé baptisée journal quotidien "
        "hebdomadaire chaîne radio mensuel"
    ),
    writings="lettre lettres mot message messages billet courriel mail sms texto note pancarte "
    "banderole affiche panneau plaque inscription graffiti",
    first="moi me mon ma mes notre nos j m",
    strong="jamais toujours faut doit devons peur fier fière honte faux danger catastrophe crise "
    "impossible guerre mort vie enfants avenir vérité mensonge rien tout espoir rêve pire meilleur",
)

ITALIAN = Lexicon(
    language="it",
    verb_first=True,
    dialogue=True,
    elisions="l|un|d|dell|all|nell|sull|dall|quell|c|s",
    men_articles="il lo un",
    women_articles="la una",
    women_endings="a",
    men_endings="o",
    opening_sources="per",
    times="lunedì martedì mercoledì giovedì venerdì sabato domenica ieri oggi",
    directions="interni esteri difesa economia salute istruzione giustizia agricoltura lavoro "
    "cultura ambiente trasporti finanze repubblica roma milano torino napoli italia stato",
    says=(
        "disse dice detto diceva dicono dichiarato dichiara affermato afferma spiegato spiega "
        "spiegava aggiunto aggiunge sottolineato sottolinea ricordato ricorda precisato precisa "
        "raccontato racconta raccontava commentato commenta risposto risponde scritto scrive "
        "annunciato annuncia assicurato assicura sostenuto sostiene ribadito ribadisce osservato "
        "osserva avvertito avverte concluso conclude denunciato denuncia ammesso ammette chiesto "
        "chiede replicato replica promesso promette confermato conferma evidenziato evidenzia "
        "proseguito prosegue dichiarò affermò spiegò aggiunse rispose scrisse attacca attaccato "
        "confessa confessato confida confidato insiste insistito incalza tuona tuonato ironizza "
        "ironizzato scherza scherzato sbotta sbottato esulta accusato rimarca rimarcato "
        "puntualizza puntualizzato chiarisce chiarito informa informato segnala segnalato rileva "
        "rilevato riferisce riferito rivela rivelato ammonisce ammonito lamenta lamentato contesta "
        "ribatte ribattuto controbatte esclama esclamato sussurra mormora sospira chiosa chiosato "
        "rassicura rassicurato garantisce garantito auspica auspicato spera crede pensa ritiene "
        "argomenta argomentato analizza commentano riassume sintetizza sottolineano spiegano "
        "aggiungono raccontano affermano denunciano giura minaccia avvisa continua riprende ripete "
        "ripetuto ripeteva rispondeva ammetteva twitta sapere confermano dicevano allarma "
        "ricordano confidò confessò esclamò replicò concluse ammise ricordò sottolineò annunciò"
    ),
    faint=("spera crede pensa ritiene continua riprende sapere minaccia analizza"),
    he="lui egli",
    she="lei ella",
    they="loro",
    self="io noi",
    determiners="il lo la i gli le l un uno una suo sua suoi sue questo questa quel quella nostro "
    "nostra alcuni alcune molti ogni",
    genitives="di del dello della dei degli delle dell d per",
    prepositions="a al allo alla ai agli alle all in nel nello nella nei negli nelle nell con su "
    "sul sulla da dal dalla dall tra fra contro senza durante dopo prima verso",
    relatives="che chi cui dove quando se perché come mentre",
    conjunctions="e ed o ma",
    between="ha hanno aveva avevano è sono era erano stato anche poi ancora già inoltre non si "
    "così",
    roles=(
        "portavoce ministro ministra ministero presidente direttore direttrice sindaco sindaca "
        "capo comandante leader responsabile esperto esperta esperti ricercatore ricercatrice "
        "ricercatori scienziato scienziata avvocato avvocata procuratore giudice polizia governo "
        "sindacato associazione azienda partito opposizione deputato deputata senatore senatrice "
        "consigliere professore professoressa autore autrice storico storica curatore curatrice "
        "abitante testimone testimoni giornalista quotidiano comunicato rapporto studio allenatore "
        "allenatrice artista ingegnere segretario segretaria fondatore fondatrice medico madre "
        "padre uomo donna premier governatore assessore assessora maestra maestro amico amica "
        "fratello sorella figlio figlia marito moglie vedovo vedova zio zia cugino cugina collega "
        "nipote vicina cognato cognata capitano tenente colonnello maresciallo generale questore "
        "prefetto prefetta commissario ispettore vigile pompiere climatologo climatologa "
        "meteorologo geologo geologa archeologo archeologa psicologo psicologa politologo "
        "economista sociologo sociologa epidemiologo virologo fisico chimico giocatore giocatrice "
        "attaccante portiere cantante attore attrice regista scrittore scrittrice romanziere poeta "
        "pittore pittrice scultore ballerino ballerina musicista violinista pianista editore "
        "redattore produttore produttrice pescatore allevatore allevatrice pastore artigiano "
        "commerciante ristoratore cuoco cuoca autista operaio operaia sindacalista delegato "
        "coordinatore coordinatrice tesoriere magistrato magistrata pm ambasciatore ambasciatrice "
        "diplomatico preside rettore rettrice studente studentessa genitore turista passeggero "
        "superstite sopravvissuto vittima attivista proprietario proprietaria titolare cliente "
        "vescovo arcivescovo cardinale papa re regina vicepresidente vicesindaco ministri primario "
        "infermiere infermiera volontario volontaria barista federazione comitato comune regione "
        "procura questura ct tecnico bracciante viticoltore agricoltore agricoltrice armatore "
        "cittadino residente"
    ),
    titles="dott dr prof on avv don suor",
    modifiers="generale primo prima vice ex aggiunto comunale",
    men="sig signor",
    women="sig.ra signora",
    particles="di de del della dei da d la lo",
    sources="secondo|a detta di|a detta del|a detta della|a giudizio di|stando a",
    works=(
        "film libro romanzo canzone album opera serie rivista programma podcast documentario "
        "quadro mostra poesia gioco intitolato intitolata quotidiano giornale settimanale "
        "emittente"
    ),
    writings="lettera lettere messaggio messaggi biglietto nota mail cartello striscione targa "
    "scritta iscrizione",
    first="mio mia miei mie me mi ci nostro nostra nostri nostre",
    strong="mai sempre deve dobbiamo paura orgoglioso orgogliosa vergogna pericolo catastrofe "
    "crisi impossibile guerra morte vita bambini futuro verità niente tutto speranza sogno "
    "peggio meglio",
)

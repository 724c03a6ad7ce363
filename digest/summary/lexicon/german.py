"""German and Dutch."""

from __future__ import annotations

from digest.summary.lexicon.words import Lexicon, inflect

# "nach Angaben von", "nach Ansicht der": the speaker follows.
_REPORTS = tuple(
    f"{lead}{noun} {of}"
    for lead in ("nach ", "nach den ", "den ")
    for noun in (
        *("angabe", "angaben", "aussage", "aussagen", "ansicht", "meinung", "worten", "auffassung"),
        *("einschätzung", "darstellung", "darstellungen", "überzeugung", "bewertung", "auskunft"),
        *("informationen", "berichten", "erkenntnissen", "schätzung", "schätzungen", "urteil"),
        *("bekunden", "berechnungen", "mitteilung", "lesart", "dafürhalten"),
    )
    for of in ("von", "vom", "des", "der", "dieser", "seiner", "ihrer", "eines", "einer")
)

# What stands before "von" and the speaker.
_SUMS = tuple(
    f"{noun} von"
    for noun in ("fazit", "resümee", "bilanz", "zitat", "kommentar", "kernaussage", "schlusswort")
)
_KIN = (
    "freund freundin freunde nachbar nachbarin nachbarn bruder schwester sohn tochter ehefrau "
    "ehemann gattin gatte onkel tante cousin cousine enkel enkelin neffe nichte schwager "
    "schwägerin witwe witwer vater mutter kollege kollegin kollegen assistent assistentin "
    "lebensgefährte lebensgefährtin partnerin anwalt anwältin verteidiger verteidigerin "
    "sprecher sprecherin"
)

GERMAN = Lexicon(
    language="de",
    verb_first=True,
    nouns_capital=True,
    says=(
        "sagte sagt sagten sagen gesagt erklärte erklärt erklärten erklären betonte betont "
        "betonten meinte meint meinten ergänzte ergänzt fügte mitteilte teilte teilten "
        "mitgeteilt schrieb schreibt schrieben berichtete berichtet berichteten kritisierte "
        "kritisiert kritisierten forderte fordert forderten warnte warnt warnten kommentierte "
        "kommentiert bezeichnete bezeichnet bezeichneten nannte nennt nannten erwiderte "
        "antwortete antwortet entgegnete versicherte versichert unterstrich unterstreicht "
        "behauptete behauptet bestätigte bestätigt bestätigten verkündete verkündet kündigte "
        "kündigt lobte lobt mahnte mahnt rief ruft fragte fragt erzählte erzählt erinnerte "
        "erinnert bemerkte bemerkt wiederholte zitiert zitierte sprach spricht begründete "
        "begründet beklagte beklagt bedauerte bedauert äußerte äußert äußerten urteilte urteilt "
        "räumte gab gibt gestand verlangte verlangt dementierte hieß heißt lautet lautete "
        "twitterte resümierte freute freut zeigte findet fand wies stellte verteidigte reagierte "
        "klagte klagt schilderte schildert schwärmt schwärmte erläuterte erläutert konstatierte "
        "bekräftigte bekräftigt prognostizierte appellierte appelliert plädierte plädiert hoffte "
        "hofft glaubt glaubte argumentierte argumentiert widersprach widerspricht verwies verweist "
        "versprach verspricht verurteilte verurteilt begrüßte begrüßt bestritt bestreitet "
        "beteuerte beteuert wünschte beschrieb beschreibt meldete meldet titelte titelt "
        "formulierte präzisierte vermutete vermutet befürchtet befürchtete spekulierte scherzte "
        "jubelte jubelt führte führt wandte warf wirft drohte droht rechtfertigte rügte würdigte "
        "würdigt konstatiert schätzt fasste machte hält hielt sieht sah fordern kritisieren "
        "warnen loben berichten schreiben betonen meinen äußern bezeichnen verlangen behaupten "
        "bestätigen bemängelte bemängelt bemängelten monierte moniert monierten bekundete bekundet "
        "signalisierte attestierte empfahl empfiehlt riet rät mutmaßte mutmaßt witzelte spottete "
        "spottet höhnte schimpfte schimpft wetterte wettert polterte tönte tönt sinnierte folgerte "
        "folgert bilanzierte bilanziert resümiert räumt räumten fügt fügten hob hebt hoben legte "
        "legt strich streicht setzte pflichtete bekannte bekennt offenbarte verriet verrät "
        "enthüllte skandierten riefen rufen schrie schrien brüllte flüsterte seufzte jammerte "
        "protestierte protestierten empörte empört ärgerte ärgert wunderte notierte postete postet "
        "bloggte kommentierten kommentieren titelten melden meldeten korrigierte prophezeite "
        "prophezeit kündigten versicherten beteuerten dankte dankt gratulierte bedankte "
        "entschuldigte attackierte beschuldigte beschuldigt zeigten zeigt befand verkündet "
        "verkündeten wertete wertet bewertete bewertet beurteilte beurteilt nahm nimmt weist "
        "stellt stellten wiesen gaben fragten antworteten ergänzten entgegneten sprachen schließt "
        "schloss beschwerte beschwert mahnten appellierten plädierten hofften hoffen verurteilten "
        "begrüßten drohten klagten rieten"
    ),
    tells="bat baten bittet bitten",
    faint="nannte nennt nannten sprach spricht gab gibt machte hält hielt sieht sah findet fand "
    "führte führt stellte stellt wies weist warf wirft zeigte zeigt lobte lobt legte legt setzte "
    "strich nahm nimmt zitiert zitierte hieß heißt lautet lautete glaubt glaubte hob hebt "
    "bezeichnete bezeichnet verlangte kündigte kündigt schließt schloss rief ruft gaben wiesen",
    documents="heißt hieß steht stand",
    supposes="sei seien habe müsse müssten könne könnten solle sollten werde würden wolle dürfe "
    "möge wisse gehe komme stehe lasse zeige gebe mache nehme halte bleibe betreibe liege bestehe "
    "sehe führe fehle brauche gelte spiele bringe finde glaube trage stelle setze bedeute handele "
    "handle beschränke verstoße versuche verletze gehöre schade diene hätten wären wäre hätte",
    he="er",
    she="sie",
    they="",
    self="ich wir",
    determiners="der die das den dem des ein eine einer einem einen eines sein seine seiner seinem "
    "seinen ihr ihre ihrer ihrem ihren dieser diese dieses diesem diesen jener jene mehrere einige "
    "viele alle kein keine unser unsere",
    agents="von vom",
    oblique="dem den des einem einen eines seinem seinen seines ihrem ihren ihres diesem diesen",
    genitives="von vom für aus",
    prepositions="in im ins an am auf bei beim mit nach zu zum zur über unter um durch gegen ohne "
    "seit während wegen vor zwischen gegenüber bis trotz ab neben hinter per",
    relatives="wer wo wann wenn weil dass daß ob obwohl während als nachdem bevor damit denn "
    "welche welcher welches wie warum",
    conjunctions="und oder aber sowie doch sondern",
    between="hat haben hatte hatten ist sind war waren wurde wurden wird werden auch zudem dann "
    "noch weiter dazu daraufhin später zuvor bereits außerdem nun jedoch hingegen dagegen schon "
    "selbst gestern heute weiterhin hinzu mit sich nicht kann können könnte muss müssen müsste "
    "soll sollen danach darauf zugleich gleichzeitig allerdings dort hier damals deshalb daher "
    "anschließend schließlich zunächst trotzdem dabei so "
    "sollte darf dürfen will wollen wollte bin sei seien wäre würde würden es",
    roles=(
        "sprecher sprecherin regierungssprecher regierungssprecherin polizeisprecher "
        "polizeisprecherin pressesprecher pressesprecherin minister ministerin ministerium polizei "
        "staatsanwaltschaft regierung präsident präsidentin kanzler kanzlerin leiter leiterin "
        "direktor direktorin chef chefin vorsitzende vorsitzender vorsitzenden experte expertin "
        "experten kritiker forscher forscherin wissenschaftler wissenschaftlerin autor autorin "
        "autoren gericht richter richterin anwalt anwältin zeuge zeugin zeugen opposition partei "
        "verband gewerkschaft unternehmen konzern behörde behörden zeitung magazin agentur firma "
        "stadt verein trainer trainerin spieler bürgermeister bürgermeisterin abgeordnete "
        "abgeordneter generalsekretär generalsekretärin geschäftsführer geschäftsführerin "
        "außenminister außenministerin innenminister innenministerin finanzminister "
        "verteidigungsminister ministerpräsident ministerpräsidentin premierminister "
        "premierministerin bundeskanzler bundeskanzlerin bundespräsident bundesregierung "
        "witwe witwer "
        "organisation kommission anwohner anwohnerin besucher besucherin lehrer lehrerin bäuerin "
        "bauer kuratorin kurator künstler künstlerin mann frau vater mutter professor professorin "
        "betreiber veranstalter sender bericht studie erklärung urteil staatssekretär "
        "vorstandsvorsitzende vorstandsvorsitzender vorstandschef botschafter senator senatorin "
        "fraktionsvorsitzende fraktionsvorsitzender fraktionschef parteichef parteichefin "
        "oberbürgermeister oberbürgermeisterin bischof papst kardinal könig königin general "
        "verkehrsminister justizminister umweltminister umweltministerin gesundheitsminister "
        "bundesinnenminister bundesaußenminister bundesfinanzminister us-präsident "
        "us-außenminister us-außenministerin landrat landrätin intendant intendantin ingenieur "
        "ingenieurin dirigent dirigentin gründer gründerin historiker historikerin "
        "meteorologe meteorologin "
    )
    + _KIN,
    kin=_KIN,
    times=inflect(
        "montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag",
        *("", "abend", "morgen", "mittag", "nachmittag", "vormittag", "nacht"),
    )
    + " januar februar märz april mai juni juli august september oktober november dezember uhr "
    "millionen milliarden prozent euro dollar franken jahr jahre jahren monat monate monaten woche "
    "wochen tag tage tagen stunde stunden minute minuten meter metern kilometer kilometern",
    role_endings="sprecher sprecherin minister ministerin ministerium präsident präsidentin "
    "direktor direktorin chef chefin leiter leiterin vorsitzende vorsitzender vorsitzenden "
    "meister meisterin anwalt anwältin anwaltschaft verband behörde führer führerin forscher "
    "forscherin experte expertin beauftragte beauftragter sekretär sekretärin redakteur "
    "redakteurin politiker politikerin kanzler kanzlerin vorsteher vorsteherin landwirt "
    "landwirtin biologe biologin amt rat verein gesellschaft bund gericht partei regierung "
    "dienst institut agentur zeitung polizei gewerkschaft klub verwaltung kommission behörden "
    "abgeordnete abgeordneter vertreter vertreterin mitarbeiter mitarbeiterin bewohner bewohnerin "
    "teilnehmer aktivist aktivistin aktivisten journalist journalistin korrespondent analyst "
    "ökonom ökonomin kläger inhaber inhaberin besitzer besitzerin vorstand kommissar kommissarin "
    "rektor rektorin mitglied kandidat kandidatin kollege spieler spielerin kapitän pilot pilotin "
    "vorsitz kammer fraktion bündnis stiftung konzern richter richterin ärztin arzt trainer "
    "trainerin pfleger pflegerin händler händlerin erin orin istin ologe ologin ator atoren isten "
    "beamter beamte beamtin ermittler moderator senderin herausgeber verfasser leute",
    titles="dr prof pater papst graf",
    men="herr herrn",
    women="frau",
    modifiers="ehemalige ehemaliger ehemaligen früherer frühere stellvertretende stellvertretender "
    "deutsche deutscher deutschen britische britischer amerikanische amerikanischer französische "
    "französischer russische russischer amtierende zuständige neue neuer",
    particles="von van de der den zu zur ten ter bin al el di da",
    sources="|".join(("laut", "den worten von", *_REPORTS, *_SUMS)),
    afterwards="zufolge",
    behind_quote="so",
    bodies="partei verein universität gmbh ag zeitung agentur welle online union post rundfunk amt",
    directions="insel stadt hauptstadt heimatstadt landkreis kreis gemeinde region provinz kanton "
    "bezirk bundesland staat republik universität hochschule schule klinik flughafen bahnhof see "
    "fluss berg straße platz schloss burg thema stichwort überschrift titel begriff name jahrgang "
    "firma marke modell typ projekt insgesamt",
    works="film buch roman lied album stück oper serie zeitschrift zeitung magazin sendung podcast "
    "dokumentation gemälde ausstellung gedicht spiel titel hit verein initiative projekt aktion "
    "schiff fregatte fähre organisation partei gruppe namens sogenannte sogenannten",
    first="mich mir uns mein meine meinen meiner unser unsere unseren unserer",
    strong="nie niemals immer muss müssen schlimm schlimmste beste angst stolz schande falsch "
    "gefahr gefährlich katastrophe krise unmöglich kampf krieg tod leben kinder zukunft wahrheit "
    "lüge nichts alles hoffnung traum glück wunder",
)

DUTCH = Lexicon(
    language="nl",
    verb_first=True,
    times="maandag dinsdag woensdag donderdag vrijdag zaterdag zondag gisteren vandaag",
    opening_sources="voor",
    directions=(
        "financiën justitie defensie onderwijs volksgezondheid landbouw binnenlandse buitenlandse "
        "zaken economische sociale infrastructuur natuur wonen"
    ),
    says=(
        "zei zegt zeiden zeggen gezegd verklaarde verklaart vertelde vertelt vertelden stelde "
        "stelt schreef schrijft meldde meldt benadrukte benadrukt voegde antwoordde antwoordt "
        "vindt vond reageerde reageert waarschuwde waarschuwt legde legt herhaalde erkende erkent "
        "aldus noemde noemt riep roept vroeg vraagt liet laat denkt bevestigde bevestigt besloot "
        "besluit bekende bekent bekritiseerde hekelt hekelde klaagde klaagt lachte lacht grapte "
        "grapt zuchtte zucht vult vulde concludeert concludeerde oordeelt oordeelde constateert "
        "constateerde schetst schetste beaamt beaamde ontkent ontkende eist eiste pleit pleitte "
        "belooft beloofde verzekert verzekerde verwacht hoopt hoopte vreest vreesde twittert "
        "twitterde postte betoogt betoogde beweert beweerde herinnert herinnerde merkt merkte "
        "geeft gaf wijst wees spreekt sprak waarschuwen vervolgt vervolgde schrijven schreven "
        "melden meldden stellen stelden vinden vonden lieten reageren reageerden roepen riepen "
        "verdedigt verdedigde betreurt betreurde foetert fulmineert briest jubelt jubelde "
        "analyseert fluisterde fluistert schreeuwde mijmert verzucht verzuchtte onthulde onthult "
        "licht lichtte antwoordden sneerde sneert meent meende"
    ),
    faint=(
        "geeft gaf wijst wees spreekt sprak laat liet lieten noemt noemde legt legde licht lichtte "
        "vult vulde vonden hoopt verwacht denkt merkt merkte lacht stellen"
    ),
    he="hij",
    she="zij ze",
    self="ik wij we",
    determiners="de het een zijn haar hun ons onze deze dit die dat enkele sommige veel alle geen",
    genitives="van voor uit",
    prepositions="in op aan bij met naar over onder om door tegen zonder sinds tijdens voor "
    "tussen na tot tegenover volgens",
    relatives="wie waar wanneer als omdat of hoewel toen nadat hoe waarom",
    conjunctions="en of maar",
    between="heeft hebben had hadden is zijn was waren werd wordt worden ook dan nog later eerder "
    "verder toen daarna toe weten",
    roles=(
        "woordvoerder woordvoerster minister ministerie politie regering president premier "
        "directeur voorzitter burgemeester wethouder onderzoeker onderzoekster deskundige "
        "deskundigen experts rechter advocaat advocate getuige vakbond bedrijf partij krant "
        "hoogleraar professor trainer bewoner bewoonster schrijver schrijfster kunstenaar curator "
        "conservator leider kamerlid staatssecretaris boer boerin leraar lerares moeder vader "
        "oprichter oprichtster buurvrouw buurman vriend vriendin broer zus zoon dochter echtgenoot "
        "echtgenote weduwe weduwnaar oom tante neef nicht collega assistent assistente kapitein "
        "luitenant kolonel generaal majoor sergeant commandant brandweercommandant officier agent "
        "inspecteur klimatoloog meteoroloog geoloog archeoloog psycholoog politicoloog econoom "
        "socioloog viroloog epidemioloog natuurkundige chemicus speler speelster spits keeper "
        "zanger zangeres acteur actrice regisseur romanschrijver dichter schilder danser danseres "
        "muzikant pianist violist uitgever redacteur producent visser veehouder boswachter imker "
        "bakker slager kok chauffeur machinist arbeider werknemer vakbondsman vakbondsleider "
        "coördinator penningmeester officier-van-justitie ambassadeur diplomaat decaan rector "
        "student studente leerling ouder toerist passagier overlevende slachtoffer activist "
        "eigenaar eigenaresse klant bisschop kardinaal paus koning koningin prins vicevoorzitter "
        "gedeputeerde commissaris dijkgraaf dijkgravin schaatser wielrenner bondscoach coach "
        "verpleegkundige arts huisarts vrijwilliger gemeente provincie bond stichting vereniging "
        "rechtbank inwoner ondernemer ondernemster horecaondernemer schipper reddingswerker "
        "minister-president"
    ),
    role_endings="woordvoerder woordvoerster minister directeur directrice voorzitter leider "
    "meester onderzoeker onderzoekster deskundige beheerder beheerster",
    titles="dr prof drs mr ir",
    men="meneer dhr",
    women="mevrouw mevr",
    particles="van de der den ter ten het 't op",
    sources="volgens|in de woorden van|naar het oordeel van",
    behind_quote="aldus",
    works=(
        "film boek roman lied album stuk opera serie tijdschrift krant podcast documentaire "
        "schilderij tentoonstelling gedicht spel titel zogenaamde dagblad weekblad zender omroep"
    ),
    writings="brief brieven bericht briefje mail e-mail sms appje bord bordje spandoek opschrift",
    first="mij me mijn ons onze",
    strong="nooit altijd moet moeten angst trots schande fout gevaar ramp crisis oorlog dood leven "
    "kinderen toekomst waarheid niets alles hoop droom",
)

"""Spanish and Portuguese."""

from __future__ import annotations

from digest.summary.lexicon.words import Lexicon

SPANISH = Lexicon(
    language="es",
    verb_first=True,
    dialogue=True,
    men_articles="el un",
    women_articles="la una",
    women_endings="a",
    men_endings="o",
    opening_sources="para",
    times="lunes martes miércoles jueves viernes sábado domingo ayer hoy",
    directions="defensa interior economía hacienda justicia sanidad salud educación cultura "
    "agricultura trabajo exteriores medio ambiente transportes fomento industria madrid "
    "barcelona sevilla valencia estado república españa méxico argentina chile perú "
    "colombia",
    says=(
        "dijo dice decía dijeron dicen dicho afirmó afirma afirmaron aseguró asegura aseguraron "
        "explicó explica explicaron añadió añade agregó agrega señaló señala señalaron indicó "
        "indica declaró declara declararon manifestó manifiesta sostuvo sostiene subrayó subraya "
        "destacó destaca comentó comenta contó cuenta recordó recuerda advirtió advierte apuntó "
        "apunta reconoció reconoce insistió insiste respondió responde contestó contesta preguntó "
        "pregunta escribió escribe anunció anuncia confirmó confirma denunció denuncia criticó "
        "critica lamentó lamenta concluyó concluye reiteró reitera precisó precisa expresó expresa "
        "opinó opina admitió admite pidió pide prometió promete exclamó exclama zanjó relató "
        "relata detalló detalla replicó replica rechazó rechaza confesó confiesa celebró celebra "
        "bromeó bromea ironizó ironiza recalcó recalca enfatizó enfatiza puntualizó puntualiza "
        "matizó matiza alertó alerta avisó avisa acusó acusa arremetió sentenció remarcó remarca "
        "resumió resume valoró valora consideró considera estimó estima argumentó argumenta "
        "defendió defiende justificó justifica protestó protesta reclamó reclama exigió exige "
        "felicitó agradeció agradece prosiguió prosigue continuó continúa completó reveló revela "
        "informó informa informaron comunicó publicó tuiteó espetó gritó grita murmuró susurró "
        "suspiró rememoró rememora asegurado explicado afirmado añadido señalado indicado "
        "declarado manifestado subrayado destacado comentado contado recordado advertido apuntado "
        "reconocido insistido respondido anunciado confirmado denunciado lamentado concluido "
        "reiterado precisado expresado admitido sostenido agregado apostilló apostilla remató "
        "rebatió juró vaticinó pronosticó auguró amenazó negó niega aclaró aclara quejó queja "
        "aconsejó explicaba aseguraba contaba recordaba admitía señalaba cree creen piensa opinan "
        "sentencia asevera aseveró constató constata"
    ),
    faint=(
        "cree creen piensa considera consideró estima alerta resume celebra pide pidió acusa "
        "sentencia queja continúa continuó comunicó describe publicó"
    ),
    he="él",
    she="ella",
    they="ellos ellas",
    self="yo nosotros",
    determiners="el la los las un una unos unas su sus este esta estos estas ese esa nuestro "
    "nuestra varios varias algunos algunas mi mis cada otro otra lo",
    genitives="de del para",
    prepositions="a al en con por sobre bajo ante entre desde hasta hacia contra sin tras durante "
    "mediante",
    relatives="que quien quienes cuyo cuya donde cuando si porque aunque como mientras cual",
    conjunctions="y e o u pero ni",
    between="ha han había habían es son fue fueron era eran también además luego después ya "
    "todavía no se le les lo asimismo",
    roles=(
        "portavoz portavoces ministro ministra ministerio presidente presidenta director directora "
        "alcalde alcaldesa jefe jefa líder líderes responsable experto experta expertos "
        "investigador investigadora investigadores científico científica abogado abogada fiscal "
        "juez jueza policía gobierno sindicato asociación empresa partido oposición diputado "
        "diputada senador senadora consejero consejera profesor profesora autor autora historiador "
        "historiadora conservadora vecino vecina vecinos testigo testigos periodista diario "
        "comunicado informe estudio entrenador entrenadora artista agricultor agricultora "
        "ingeniero ingeniera comandante secretario secretaria fundador fundadora médico médica "
        "madre padre hombre mujer canciller gobernador gobernadora candidato candidata "
        "bibliotecaria bibliotecario concejal concejala pescador pescadora maestra maestro bióloga "
        "biólogo amigo amiga hermano hermana hijo hija esposo esposa marido viudo viuda tío tía "
        "primo prima colega compañero compañera sobrino sobrina cuñado cuñada capitán capitana "
        "teniente coronel sargento general comisario comisaria inspector inspectora bombero "
        "bombera guardia climatólogo climatóloga meteorólogo meteoróloga geólogo geóloga "
        "arqueólogo arqueóloga psicólogo psicóloga politólogo economista sociólogo socióloga "
        "epidemióloga epidemiólogo físico física químico química jugador jugadora delantero "
        "portero cantante actor actriz cineasta escritor escritora novelista poeta pintor pintora "
        "escultor bailarín bailarina músico guitarrista pianista editor editora redactor productor "
        "productora ganadero ganadera pastor pastora artesano comerciante hostelero cocinero "
        "cocinera chófer conductor conductora obrero trabajador trabajadora sindicalista delegado "
        "delegada coordinador coordinadora tesorero magistrado magistrada embajador embajadora "
        "diplomático decano decana rector rectora estudiante alumno turista pasajero superviviente "
        "víctima activista propietario propietaria dueño dueña cliente gerente obispo arzobispo "
        "cardenal papa rey reina príncipe vicepresidente vicepresidenta primer intendente "
        "intendenta prefecto viceministro viceministra subdirector subdirectora asesor asesora "
        "analista consultor técnico técnica seleccionador armador marinero enfermero enfermera "
        "federación ayuntamiento junta comisión tribunal"
    ),
    titles="dr dra don general",
    modifiers="general primer primera exministro vicepresidente vicepresidenta ex adjunto adjunta "
    "municipal",
    men="sr señor don",
    women="sra señora doña",
    particles="de del la las los y",
    sources="según|de acuerdo con|a juicio de|a juicio del|en palabras de|en palabras del|en "
    "opinión de|en opinión del",
    works=(
        "película libro novela canción disco álbum obra ópera serie revista programa podcast "
        "documental cuadro exposición poema juego titulado titulada llamado llamada diario "
        "periódico cadena semanario emisora"
    ),
    writings="carta cartas mensaje mensajes nota correo aviso pancarta cartel placa inscripción "
    "pintada",
    first="mi mis me nos nuestro nuestra nuestros nuestras",
    strong="nunca siempre debe debemos miedo orgulloso orgullosa vergüenza peligro catástrofe "
    "crisis imposible guerra muerte vida niños futuro verdad mentira nada todo esperanza sueño "
    "peor mejor",
)

PORTUGUESE = Lexicon(
    language="pt",
    verb_first=True,
    dialogue=True,
    men_articles="o um",
    women_articles="a uma",
    women_endings="a",
    men_endings="o",
    opening_sources="para",
    times="segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo ontem "
    "hoje segunda terça quarta quinta sexta nesta neste",
    directions="defesa interior economia fazenda finanças justiça saúde educação cultura "
    "agricultura trabalho ambiente transportes exteriores negócios estrangeiros república lisboa "
    "porto brasil portugal estado paulo janeiro",
    says=(
        "disse diz dizia disseram dizem afirmou afirma afirmaram explicou explica acrescentou "
        "acrescenta declarou declara ressaltou ressalta destacou destaca contou conta lembrou "
        "lembra garantiu garante sublinhou sublinha salientou salienta considerou considera "
        "referiu refere alertou alerta respondeu responde escreveu escreve anunciou anuncia "
        "confirmou confirma criticou critica lamentou lamenta concluiu conclui reiterou reitera "
        "comentou comenta admitiu admite pediu pede prometeu promete perguntou pergunta observou "
        "observa relatou relata defendeu defende completou completa argumentou argumenta confessou "
        "confessa revelou revela informou informa informaram acusou acusa rebateu rebate retrucou "
        "retruca protestou protesta brincou brinca ironizou ironiza comemorou comemora enfatizou "
        "enfatiza frisou frisa reforçou reforça pontuou pontua avaliou avalia analisou analisa "
        "sustentou sustenta apontou aponta indicou indica esclareceu esclarece detalhou detalha "
        "relembrou relembra recordou recorda desabafou desabafa justificou justifica alegou alega "
        "negou nega reconheceu reconhece assegurou assegura insistiu insiste avisou avisa advertiu "
        "adverte resumiu resume finalizou continuou continua prosseguiu prossegue emendou repetiu "
        "repete exclamou exclama gritou sussurrou postou publicou tuitou assinalou assinala "
        "adiantou adianta vincou realçou apelou apela atirou ressalvou ressalva ponderou pondera "
        "opinou opina acredita reclamou reclama queixou-se queixa-se lembrou-se disse-lhe "
        "agradeceu repudiou denunciou denuncia exigiu exige cobrou rejeitou celebrou contestou "
        "relatava contava explicava"
    ),
    faint=(
        "acredita continua avalia analisa aponta indica justifica resume considera considerou "
        "celebrou publicou nega"
    ),
    he="ele",
    she="ela",
    they="eles elas",
    self="eu nós",
    determiners="o a os as um uma uns umas seu sua seus suas este esta esse essa nosso nossa "
    "vários várias alguns algumas cada",
    genitives="de do da dos das para",
    prepositions="em no na nos nas com por pelo pela sobre sob ante entre desde até contra sem "
    "após durante ao à aos às",
    relatives="que quem cujo cuja onde quando se porque embora como enquanto",
    conjunctions="e ou mas nem",
    between="tem têm tinha tinham é são foi foram era eram também ainda depois já não se lhe além",
    roles=(
        "porta-voz ministro ministra ministério presidente presidenta diretor diretora prefeito "
        "prefeita chefe líder responsável especialista especialistas pesquisador pesquisadora "
        "pesquisadores investigador investigadora cientista cientistas advogado advogada promotor "
        "promotora juiz juíza polícia governo sindicato associação empresa partido oposição "
        "deputado deputada senador senadora conselheiro professor professora autor autora "
        "historiador historiadora curador curadora morador moradora testemunha jornalista jornal "
        "comunicado relatório estudo treinador treinadora artista agricultor agricultora "
        "engenheiro engenheira comandante secretário secretária fundador fundadora médico médica "
        "mãe pai homem mulher governador governadora vereador vereadora pescador pescadora amigo "
        "amiga irmão irmã filho filha esposo esposa marido viúvo viúva tio tia primo prima colega "
        "sobrinho sobrinha vizinho vizinha cunhado cunhada capitão tenente coronel sargento major "
        "general delegado delegada inspetor inspetora bombeiro climatologista meteorologista "
        "geólogo geóloga arqueólogo arqueóloga psicólogo psicóloga economista sociólogo socióloga "
        "epidemiologista físico química jogador jogadora atacante goleiro guarda-redes cantor "
        "cantora ator atriz cineasta realizador realizadora escritor escritora romancista poeta "
        "pintor pintora músico guitarrista pianista editor editora redator produtor produtora "
        "pecuarista criador artesão comerciante cozinheiro cozinheira motorista operário operária "
        "trabalhador trabalhadora sindicalista coordenador coordenadora tesoureiro desembargador "
        "magistrado embaixador embaixadora diplomata decano reitor reitora estudante aluno turista "
        "passageiro sobrevivente vítima ativista proprietário proprietária dono dona gerente bispo "
        "arcebispo cardeal papa rei rainha vice-presidente vice-governador ministros empresário "
        "empresária autarca deputados superintendente subsecretário analista consultor técnico "
        "técnica selecionador enfermeiro enfermeira voluntário federação câmara comissão tribunal "
        "moradores presidente-executivo administrador administradora"
    ),
    titles="dr dra dom",
    modifiers="geral primeiro primeira ex vice adjunto adjunta municipal",
    men="sr senhor",
    women="sra senhora dona",
    particles="de do da dos das e",
    sources="segundo|de acordo com|conforme|na opinião de|na opinião do|na opinião da|nas "
    "palavras de|nas palavras do|nas palavras da|no entender de",
    works=(
        "filme livro romance canção disco álbum peça ópera série revista programa podcast "
        "documentário quadro exposição poema jogo intitulado intitulada jornal diário emissora "
        "semanário"
    ),
    writings="carta cartas mensagem mensagens bilhete recado nota e-mail cartaz faixa placa "
    "inscrição",
    first="meu minha meus minhas me nos nosso nossa nossos nossas",
    strong="nunca sempre deve devemos medo orgulho vergonha perigo catástrofe crise impossível "
    "guerra morte vida crianças futuro verdade mentira nada tudo esperança sonho pior melhor",
)

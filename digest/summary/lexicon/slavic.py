"""Polish, Czech, Russian and Ukrainian."""

from __future__ import annotations

from digest.summary.lexicon.words import Lexicon, inflect

POLISH = Lexicon(
    language="pl",
    verb_first=True,
    inflects=True,
    dialogue=True,
    dialogue_within=True,
    women_endings="a",
    men_endings="b c d f g h j k l m n p r s t v w x z ł ń ř š ž č ć ś o",
    opening_sources="dla",
    times="poniedziałek wtorek środę czwartek piątek sobotę niedzielę wczoraj dziś dzisiaj",
    bodies="związek stowarzyszenie partia ministerstwo komitet fundacja federacja izba rada "
    "centrum instytut towarzystwo zrzeszenie koalicja",
    says=inflect(
        "powiedział dodał stwierdził podkreślił zaznaczył oświadczył wyjaśnił zapewnił przyznał "
        "ocenił zauważył przypomniał poinformował napisał zapowiedział ostrzegł odpowiedział "
        "zapytał skomentował relacjonował opowiadał mówił tłumaczył przekonywał wskazał ujawnił "
        "zdradził alarmował zaapelował apelował skrytykował krytykował skwitował podsumował "
        "żartował zażartował wspominał wspomniał przekazał ogłosił obiecał zadeklarował "
        "argumentował kontynuował zawołał ripostował skarżył narzekał cieszył przewidywał "
        "oznajmił potwierdził zaprzeczył żalił sprecyzował uściślił grzmiał pytał zastrzegł "
        "zakończył wyznał wyliczał dziękował",
        "",
        "a",
        "i",
        "y",
    )
    + " mówi mówią dodaje podkreśla twierdzi uważa wyjaśnia zapewnia przyznaje ocenia zauważa "
    "przypomina informuje pisze zapowiada ostrzega odpowiada komentuje opowiada tłumaczy "
    "przekonuje wskazuje zaznacza stwierdza rzekł rzekła odparł odparła odrzekł odrzekła krzyknął "
    "krzyknęła szepnął szepnęła westchnął westchnęła alarmuje alarmują apeluje krytykuje "
    "podsumowuje wspomina zdradza ujawnia przekazuje ogłasza obiecuje deklaruje argumentuje "
    "kontynuuje żartuje narzeka skarży cieszy przewiduje relacjonuje zastrzega potwierdza "
    "zaprzecza przekonują podkreślają wyjaśniają twierdzą dodają pyta przypominają śmieje kwituje "
    "zaznaczają oceniają grzmi ubolewa żałuje wylicza wyznaje uważają apelują czytamy "
    "poinformowano przekazano napisano podano",
    documents="czytamy poinformowano przekazano napisano podano",
    he="on",
    she="ona",
    they="oni one",
    self="ja my",
    determiners="ten ta to ci te jego jej ich nasz nasza kilka wielu każdy inny",
    genitives="dla",
    prepositions="w we na do z ze o od po przy za pod nad przed między przez bez podczas wobec u",
    relatives="który która które którzy kiedy gdy gdzie jeśli ponieważ że bo choć jak dlaczego",
    conjunctions="i oraz lub albo ale a",
    between="mu jej im nam mi jest są był była było byli też także również jeszcze już potem "
    "następnie nie się dalej",
    roles=(
        "rzecznik rzeczniczka minister ministra ministerstwo prezydent premier dyrektor dyrektorka "
        "burmistrz komendant komendantka wójt szef szefowa lider liderka ekspert ekspertka "
        "eksperci badacz badaczka naukowiec naukowcy adwokat prokurator sędzia sąd policja rząd "
        "związek stowarzyszenie firma partia opozycja poseł posłanka senator profesor profesorka "
        "autor autorka historyk kustosz kustoszka mieszkaniec mieszkanka świadek dziennikarz "
        "dziennikarka gazeta komunikat raport trener trenerka artysta artystka rolnik inżynier "
        "sekretarz założyciel założycielka lekarz lekarka matka ojciec prezes prezeska radny radna "
        "nauczyciel nauczycielka kierownik kierowniczka wdowa wdowiec żona mąż syn córka brat "
        "siostra szwagier teść wnuk wnuczka sąsiad sąsiadka aktor aktorka reżyser reżyserka "
        "piosenkarz piosenkarka pisarz pisarka poeta poetka malarz malarka muzyk pianista dyrygent "
        "wydawca redaktor redaktorka producent rybak hodowca pasterz rzemieślnik kupiec kucharz "
        "kierowca maszynista robotnik pracownik pracownica związkowiec koordynator koordynatorka "
        "skarbnik ambasador dyplomata dziekan rektor rektorka student studentka uczeń rodzic "
        "turysta pasażer ocalały ofiara aktywista aktywistka właściciel właścicielka klient biskup "
        "arcybiskup kardynał papież król królowa wiceprezes wiceminister wiceburmistrz "
        "wiceprezydent wojewoda starosta marszałek kapitan pułkownik generał sierżant komisarz "
        "inspektor strażak policjant policjantka klimatolog klimatolożka meteorolog geolog "
        "archeolog archeolożka psycholog ekonomista ekonomistka socjolog socjolożka wirusolog "
        "fizyk chemik bramkarz napastnik piłkarz pielęgniarka pielęgniarz ratownik wolontariusz "
        "mecenas pani pan pszczelarz serowar przewodniczący przewodnicząca pełnomocnik "
        "pełnomocniczka doradca działacz działaczka obrońca sołtys proboszcz"
    ),
    kin=(
        "adwokata adwokatki wdowy wdowca żony męża syna córki brata siostry wnuka wnuczki sąsiada "
        "sąsiadki rzecznika rzeczniczki pełnomocnika asystenta asystentki matki ojca kolegi "
        "przyjaciela przyjaciółki"
    ),
    titles=(
        "dr prof mgr inż gen ks kpt płk ppłk mjr por asp sierż insp nadkom kom bryg hab red mec"
    ),
    men="pan",
    women="pani",
    particles="de von van",
    sources="według|zdaniem|jak podaje",
    works=(
        "film książka książkę powieść powieści piosenka album sztuka opera serial magazyn program "
        "wystawa wiersz gra tytuł tytułem dziennik dziennika dziennikowi gazety gazecie tygodnik "
        "tygodnika portalu portalowi filmu"
    ),
    writings="list listy wiadomość anonim kartkę kartka notatkę maila sms tablica tabliczka napis "
    "transparent",
    first="mnie mi mój moja moje nam nas nasz nasza nasze",
    strong="nigdy zawsze musimy strach duma wstyd katastrofa kryzys niemożliwe wojna śmierć życie "
    "dzieci przyszłość prawda kłamstwo nic wszystko nadzieja marzenie najgorszy najlepszy",
)

CZECH = Lexicon(
    language="cs",
    verb_first=True,
    inflects=True,
    women_endings="a e",
    men_endings="b c d f g h j k l m n p r s t v w x z ł ń ř š ž č ć ś o",
    times="pondělí úterý středu čtvrtek pátek sobotu neděli",
    bodies="svaz sdružení strana ministerstvo asociace nadace komora rada výbor unie spolek "
    "hnutí ústav",
    says=inflect(
        "řekl uvedl dodal prohlásil sdělil vysvětlil upozornil zdůraznil napsal připomněl oznámil "
        "potvrdil odpověděl podotkl poznamenal konstatoval popsal přiznal varoval doplnil tvrdil "
        "ujistil kritizoval zeptal vyprávěl shrnul informoval reagoval zareagoval doporučil "
        "pochvaloval pochválil postěžoval stěžoval přiblížil vzpomínal zavzpomínal svěřil "
        "prozradil nastínil podtrhl připustil zkritizoval slíbil hájil obhajoval žertoval "
        "zažertoval zvolal vykřikl povzdechl zašeptal zopakoval opakoval hodnotil zhodnotil "
        "komentoval okomentoval vyzval apeloval odmítl popřel namítl oponoval odvětil opáčil "
        "poděkoval ohlásil odhadl předpověděl zdůvodnil vyjádřil stěžovala",
        "",
        "a",
        "i",
        "y",
    )
    + " říká dodává vysvětluje tvrdí uvádí upozorňuje zdůrazňuje píše připomíná popisuje míní "
    "soudí varuje doplňuje vypráví odpovídá vzpomíná přiznává informuje reaguje pochvaluje "
    "stěžuje přibližuje doporučuje hodnotí komentuje vyzývá apeluje odmítá namítá slibuje hájí "
    "svěřuje usmívá směje žertuje konstatuje potvrzuje oznamuje sděluje připouští podotýká "
    "odhaduje předpovídá zdůvodňuje ujišťuje varují tvrdí říkají stojí",
    documents="stojí píše uvedli sdělili",
    he="on",
    she="ona",
    they="oni",
    self="já my",
    determiners="ten ta to ti ty tento tato jeho její jejich náš naše několik každý jiný",
    genitives="pro",
    prepositions="v ve na do z ze o od po při za pod nad před mezi přes bez během vůči u k ke s se",
    relatives="který která které kteří když kde pokud protože že jak proč ačkoli",
    conjunctions="a i nebo ale",
    between="mu jí jim nám mi je jsou byl byla bylo byli také ještě už pak poté dále ne se si "
    "včera dnes",
    roles=(
        "mluvčí ministr ministryně ministerstvo prezident prezidentka premiér premiérka ředitel "
        "ředitelka velitel velitelka starosta starostka primátor primátorka šéf šéfka předseda "
        "předsedkyně lídr expert expertka experti odborník odbornice vědec vědkyně vědci advokát "
        "advokátka právník právnička soudce soudkyně soud policie vláda svaz sdružení firma "
        "společnost strana opozice poslanec poslankyně senátor senátorka profesor profesorka autor "
        "autorka historik historička kurátor kurátorka obyvatel obyvatelka svědek novinář "
        "novinářka deník zpráva trenér trenérka umělec umělkyně zemědělec inženýr tajemník "
        "zakladatel zakladatelka lékař lékařka matka otec hejtman hejtmanka učitel učitelka "
        "náměstek náměstkyně vdova vdovec manžel manželka syn dcera bratr sestra vnuk vnučka "
        "soused sousedka herec herečka režisér režisérka zpěvák zpěvačka spisovatel spisovatelka "
        "básník malíř malířka hudebník klavírista dirigent vydavatel redaktor redaktorka producent "
        "rybář chovatel pastýř řemeslník obchodník kuchař řidič strojvedoucí dělník zaměstnanec "
        "odborář koordinátor koordinátorka pokladník velvyslanec velvyslankyně diplomat děkan "
        "rektor rektorka student studentka žák rodič turista cestující oběť aktivista aktivistka "
        "majitel majitelka zákazník biskup arcibiskup kardinál papež král královna místopředseda "
        "místopředsedkyně místostarosta generál plukovník kapitán komisař inspektor hasič "
        "policista policistka klimatolog klimatoložka meteorolog meteoroložka geolog archeolog "
        "archeoložka psycholog psycholožka ekonom ekonomka sociolog socioložka virolog epidemiolog "
        "fyzik chemik brankář útočník fotbalista zdravotní záchranář dobrovolník žalobce žalobkyně "
        "státní zástupce zástupkyně poradce jednatel jednatelka primář primářka včelař zemědělci "
        "mluvčího analytik analytička kouč hráč hráčka"
    ),
    kin=(
        "mluvčí advokáta advokátky právníka vdovy vdovce manžela manželky syna dcery bratra "
        "sestry vnuka vnučky souseda sousedky asistenta asistentky matky otce kolegy přítele "
        "přítelkyně"
    ),
    titles=("dr prof ing mgr gen mudr judr rndr phdr plk mjr kpt por"),
    men="pan",
    women="paní",
    particles="de von van",
    sources="podle|dle",
    works=(
        "film kniha román píseň album hra opera seriál časopis pořad výstava báseň titul názvem "
        "deníku deník týdeníku list listu serveru"
    ),
    writings="dopis dopisy zprávu vzkaz lístek anonym e-mail sms cedule tabulka nápis transparent",
    first="mě mi mně můj moje má nám nás náš naše",
    strong="nikdy vždy musíme strach hrdý hrdá ostuda nebezpečí katastrofa krize nemožné válka "
    "smrt život děti budoucnost pravda lež nic všechno naděje sen nejhorší nejlepší",
)

RUSSIAN = Lexicon(
    language="ru",
    verb_first=True,
    inflects=True,
    dialogue=True,
    women_endings="а я",
    men_endings="б в г д ж з й к л м н п р с т ф х ц ч ш щ ь",
    times="понедельник вторник среду четверг пятницу субботу воскресенье вчера сегодня",
    bodies="союз союза союзе партия партии министерство министерства ассоциация ассоциации фонд "
    "фонда комитет комитета федерация федерации совет совета центр центра общество "
    "общества",
    says=inflect(
        "сказал заявил отметил добавил подчеркнул сообщил рассказал пояснил объяснил написал "
        "напомнил указал уточнил признал ответил спросил объявил предупредил пообещал считал "
        "прокомментировал подтвердил утверждал говорил воскликнул заметил констатировал возразил "
        "парировал раскритиковал посетовал подытожил резюмировал заключил продолжил высказал "
        "вспомнил вспоминал доложил проинформировал заверил призвал потребовал пошутил крикнул "
        "прошептал вздохнул опубликовал предположил спрогнозировал поблагодарил обвинил рассуждал "
        "настаивал повторил передал анонсировал оценил описал процитировал уверял советовал "
        "посоветовал",
        "",
        "а",
        "и",
    )
    + " говорит говорят считает считают отмечает добавляет подчеркивает подчёркивает сообщает "
    "рассказывает поясняет объясняет пишет напоминает указывает уточняет признаёт признает "
    "отвечает утверждает предупреждает полагает цитирует уверен уверена признался призналась "
    "возмутился возмутилась возмущается пожаловался пожаловалась поделился поделилась усмехнулся "
    "усмехнулась удивился удивилась обрадовался поинтересовался поинтересовалась вспоминает "
    "возражает настаивает сетует жалуется признаётся признается делится продолжает заверяет "
    "призывает уверяет шутит удивляется рассуждает резюмирует заключает предполагает надеется "
    "замечает констатирует комментирует объясняют рассказывают заявляет заявляют сообщают "
    "отмечают прогнозирует опасается советует требует спрашивает говорится сообщается отмечается "
    "подчеркивается",
    documents=(
        "говорится сообщается отмечается подчеркивается отметили заявили сообщили сказали "
        "подчеркнули рассказали пояснили уточнили добавили считают"
    ),
    he="он",
    she="она",
    they="они",
    self="я мы",
    determiners="этот эта это эти тот та те его её ее их наш наша несколько многие каждый другой",
    genitives="для",
    prepositions="в во на до с со о об от по при за под над перед между через без из к ко у из-за "
    "после против",
    relatives="который которая которое которые что когда где если потому хотя как почему",
    conjunctions="и или но а",
    between="ему ей им мне нам был была было были также ещё еще уже затем потом не же тоже при "
    "этом",
    roles=(
        "представитель представительница пресс-секретарь министр министерство президент премьер "
        "премьер-министр начальник начальница командир директор мэр губернатор глава руководитель "
        "лидер эксперт эксперты исследователь исследователи учёный ученый учёные ученые адвокат "
        "прокурор судья суд полиция правительство профсоюз ассоциация компания партия оппозиция "
        "депутат сенатор профессор автор историк хранитель хранительница житель жительница "
        "свидетель журналист журналистка газета доклад тренер художник художница фермер инженер "
        "секретарь основатель основательница врач мать отец мужчина женщина директриса заведующая "
        "заведующий чиновник чиновники источник учитель учительница куратор госсекретарь "
        "председатель вдова вдовец жена муж сын дочь брат сестра внук внучка сосед соседка актёр "
        "актер актриса режиссёр режиссер певец певица писатель писательница поэт музыкант пианист "
        "дирижёр дирижер издатель редактор продюсер рыбак пасечник пастух ремесленник "
        "предприниматель предпринимательница повар водитель машинист рабочий сотрудник сотрудница "
        "координатор казначей посол дипломат декан ректор студент студентка школьник турист "
        "пассажир активист активистка владелец владелица хозяин хозяйка клиент епископ митрополит "
        "патриарх король королева вице-президент вице-премьер замминистра замглавы зампред генерал "
        "полковник капитан майор лейтенант сержант комиссар инспектор пожарный полицейский "
        "следователь климатолог метеоролог геолог археолог психолог экономист социолог вирусолог "
        "эпидемиолог физик химик вратарь нападающий футболист хоккеист медсестра хирург спасатель "
        "волонтёр волонтер правозащитник правозащитница советник помощник заместитель "
        "уполномоченный аналитик сыровар политолог блогер журналисты"
    ),
    kin=(
        "адвоката вдовы вдовца жены мужа сына дочери брата сестры внука внучки соседа соседки "
        "друга подруги пресс-секретаря представителя представительницы помощника помощницы "
        "советника защитника матери отца коллеги"
    ),
    titles="г д-р проф генерал",
    modifiers="бывший бывшая генеральный исполнительный главный главная старший старшая "
    "официальный официальная",
    men="господин",
    women="госпожа г-жа",
    particles="де фон ван аль",
    sources="по словам|по мнению|по данным|как сообщает|согласно",
    works=(
        "фильм книга роман песня альбом пьеса опера сериал журнал программа выставка стихотворение "
        "игра газета компания партия интервью газете газеты каналу телеканалу агентству журналу "
        "изданию агентство издание газетой фильме романе"
    ),
    writings="письмо письма записку записка сообщение сообщения анонимку табличка табличку "
    "надпись плакат транспарант",
    first="меня мне мой моя мои моё нам нас наш наша наши наше",
    strong="никогда всегда должны страх горжусь позор опасность катастрофа кризис невозможно война "
    "смерть жизнь дети будущее правда ложь ничего всё надежда мечта худший лучший",
)

UKRAINIAN = Lexicon(
    language="uk",
    verb_first=True,
    inflects=True,
    dialogue=True,
    women_endings="а я",
    men_endings="б в г д ж з й к л м н п р с т ф х ц ч ш щ ь о",
    times="понеділок вівторок середу четвер п'ятницю п’ятницю суботу неділю вчора сьогодні",
    bodies="спілка спілки спілці союз союзу партія партії міністерство міністерства асоціація "
    "асоціації фонд фонду комітет комітету федерація федерації рада ради центр центру "
    "товариство",
    says=inflect(
        "сказа заяви зазначи дода підкресли повідоми розпові поясни написа нагада вказа уточни "
        "визна відпові запита оголоси попереди пообіця прокоментува підтверди стверджува говори "
        "зауважи наголоси розповіда запевни заперечи пригада підсумува продовжи рекомендува "
        "поради заклика критикува розкритикува аргументува відзначи акцентува констатува "
        "проінформува поінформува спрогнозува вислови крикну зітхну опубліку подякува попроси "
        "обіця додава оціни переда заува парирува пожартува порівня",
        "в",
        "ла",
        "ли",
    )
    + " каже кажуть говорить вважає зазначає додає підкреслює повідомляє розповідає пояснює пише "
    "нагадує вказує уточнює визнає відповідає стверджує попереджає розповів розповіла відповів "
    "відповіла наголошує переконаний переконана обурився обурилася обурилась зізнався "
    "зізналася зізналась поділився поділилася поскаржився поскаржилася здивувався пригадує "
    "запевняє заперечує наполягає скаржиться обурюється зізнається ділиться продовжує закликає "
    "жартує дивується розмірковує підсумовує припускає сподівається зауважує констатує коментує "
    "пояснюють розповідають заявляє заявляють повідомляють радить вимагає питає запитує акцентує "
    "відзначає"
    " йдеться зазначається повідомляється",
    documents=(
        "йдеться зазначається повідомляється повідомили заявили зазначили підкреслили розповіли"
    ),
    he="він",
    she="вона",
    they="вони",
    self="я ми",
    determiners="цей ця це ці той та ті його її їх їхній наш наша кілька багато кожен інший",
    genitives="для",
    prepositions="в у на до з із зі о об від по при за під над перед між через без к після проти",
    relatives="який яка яке які що коли де якщо бо хоча як чому",
    conjunctions="і й та або але а",
    between="йому їй їм мені нам був була було були також ще вже потім не ж теж при цьому",
    roles=(
        "речник речниця представник представниця міністр міністерка міністерство президент "
        "начальник начальниця командир президентка прем'єр прем’єр директор директорка мер мерка "
        "голова керівник керівниця лідер лідерка експерт експертка експерти дослідник дослідниця "
        "учений вчений вчені адвокат адвокатка прокурор суддя суд поліція уряд профспілка "
        "асоціація компанія партія опозиція депутат депутатка сенатор професор професорка автор "
        "авторка історик історикиня хранителька житель мешканець мешканка свідок журналіст "
        "журналістка газета тренер тренерка художник художниця фермер фермерка інженер інженерка "
        "секретар засновник засновниця лікар лікарка мати батько вчитель вчителька кураторка "
        "куратор вдова вдівець дружина чоловік син дочка донька брат сестра онук онучка сусід "
        "сусідка актор акторка режисер режисерка співак співачка письменник письменниця поет "
        "поетка музикант піаніст диригент видавець редактор редакторка продюсер рибалка пасічник "
        "пастух підприємець підприємиця кухар водій машиніст робітник працівник працівниця "
        "координатор координаторка посол дипломат декан ректор студент студентка школяр турист "
        "пасажир активіст активістка власник власниця господар господиня клієнт єпископ митрополит "
        "король королева віцепрезидент віцепрем'єр віцепрем’єр генерал полковник капітан майор "
        "лейтенант сержант комісар інспектор пожежник поліцейський слідчий кліматолог "
        "кліматологиня метеоролог геолог археолог археологиня психолог психологиня економіст "
        "економістка соціолог вірусолог фізик хімік воротар нападник футболіст медсестра хірург "
        "рятувальник волонтер волонтерка правозахисник правозахисниця радник радниця помічник "
        "заступник заступниця уповноважений аналітик аналітикиня сировар політолог очільник "
        "очільниця"
    ),
    kin=(
        "адвоката адвокатки вдови вдівця дружини чоловіка сина дочки доньки брата сестри онука "
        "онучки сусіда сусідки друга подруги речника речниці пресаташе представника представниці "
        "помічника радника матері батька колеги"
    ),
    titles="п д-р проф генерал",
    men="пан",
    women="пані",
    particles="де фон ван аль",
    sources="за словами|на думку|за даними|як повідомляє|згідно з",
    works=(
        "фільм книга роман пісня альбом п’єса опера серіал журнал програма виставка вірш гра "
        "газета компанія партія інтерв’ю інтерв'ю газеті газети каналу телеканалу агентству "
        "журналу виданню видання"
    ),
    writings="лист листи записку записка повідомлення анонімку табличка табличку напис плакат "
    "транспарант",
    first="мене мені мій моя мої моє нам нас наш наша наші наше",
    strong="ніколи завжди мусимо страх пишаюся ганьба небезпека катастрофа криза неможливо війна "
    "смерть життя діти майбутнє правда брехня нічого все надія мрія найгірший найкращий",
)

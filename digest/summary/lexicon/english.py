"""English."""

from __future__ import annotations

from digest.summary.lexicon.words import Lexicon

ENGLISH = Lexicon(
    language="en",
    says=(
        "said says told added wrote tweeted say saying add adds adding announce announces "
        "announced announcing argue argues argued arguing assert asserted asserts assured boast "
        "boasted boasts chided claim claimed claims claiming comment commented comments complain "
        "complained complains conceded concede concedes conclude concluded concludes confessed "
        "continue continued continues counter countered counters cried criticized declare "
        "declared declares declaring demanded denied denies described describes describing "
        "dismissed emphasized emphasizes exclaimed explain explained explains explaining insist "
        "insisted insists insisting joke joked jokes joking lament lamented laments maintained "
        "mocked mused muttered note noted notes noting observed observes opined pointed predict "
        "predicted predicts pledged proclaimed promised protested quipped recalled recalls "
        "recounted reiterated remarked remarks repeated replied replies reply responded responds "
        "responding retorted reflected revealed shouted shouting snapped speculated stated "
        "states stating stressed stresses suggest suggested suggests summed tweet tweets "
        "tweeting thundered urged urges urging voiced vowed vows warned warns warning whispered "
        "wondered write writes writing yelled posted read reads referred called calls "
        "calling think thinks thought believe believes believed asks asked quoted agreed agrees "
        "acknowledged acknowledges admitted admits sighed cautioned cautions charged charges "
        "blasted intoned praised recalling"
    ),
    tells="told tells telling tell asked asks assured reminded informed",
    he="he",
    she="she",
    they="they",
    self="i we",
    determiners="the a an his her their its our my another one some many several this that these "
    "those each both other no any every",
    genitives="of for from",
    prepositions=(
        "in on at by with about to into over under after before against between during as like "
        "through without within than amid among around since until upon toward towards via per "
        "despite behind near off onto out up down including"
    ),
    relatives="who which whose whom where when while because if though although whether what how "
    "why",
    conjunctions="and or but nor yet so",
    between=(
        "has have had is was were are be been will would could should may might can did does do "
        "also later then once still now often again even just ever never simply recently "
        "repeatedly famously reportedly previously already not all quickly immediately initially "
        "publicly only further angrily bluntly flatly"
    ),
    adverbs="ly",
    roles=(
        "family families ally allies assembly "
        "spokesman spokeswoman spokesperson spokesmen official officials minister ministry "
        "president senator governor mayor leader leaders director officer chief chairman "
        "chairwoman chair head adviser advisor advisers aide aides analyst analysts expert "
        "experts economist economists professor researcher researchers scientist scientists "
        "author authors critic critics supporter supporters opponent opponents attorney lawyer "
        "lawyers prosecutor prosecutors judge court police campaign candidate candidates "
        "committee commission company union group organization agency department government "
        "administration office statement report newspaper magazine editorial article ad letter "
        "email memo note study poll source sources witness witnesses resident residents voter "
        "voters activist activists strategist strategists consultant consultants executive "
        "manager coach owner founder president member members lawmaker lawmakers congressman "
        "congresswoman representative delegate delegates secretary ambassador diplomat diplomats "
        "commander general colonel host moderator reporter reporters journalist correspondent "
        "columnist editor editors teacher student students worker workers farmer mother father "
        "son daughter wife husband brother sister man woman men women people person friend "
        "friends historian pollster speaker whip doctor nurse neighbor engineer curator keeper "
        "artist musician owner pastor priest sign democrat democrats republican republicans "
        "conservative conservatives liberal liberals widow widower cousin uncle aunt nephew niece "
        "neighbour senators governors insiders operative "
        "operatives veteran users master warden neighbors neighbours colleague colleagues relative "
        "relatives caretaker harbourmaster harbormaster skipper"
    ),
    titles=(
        "councillor geologist biologist baker trustee ferryman cellist conductor goalkeeper "
        "dr prof professor sen sens rep reps gov lt gen col capt sgt maj adm senator "
        "representative president governor secretary minister prime chancellor congressman "
        "congresswoman mayor judge justice chief rev reverend pope father officer attorney "
        "general speaker director chairman chairwoman spokesman spokeswoman spokesperson "
        "ambassador king queen prince princess commissioner councilman councilwoman councilor "
        "alderman detective deputy vice leader majority minority house senate state press editor "
        "ceo cfo host candidate manager adviser strategist analyst counsel clerk sheriff foreign "
        "inspector superintendent sir lord dame then-candidate candidate nominee "
        "co-founder founder captain lieutenant sergeant corporal constable bishop cardinal "
        "archbishop"
    ),
    modifiers="former presidential gubernatorial congressional executive senior deputy longtime "
    "top national political managing assistant associate acting federal legal legislative regional "
    "retired prominent veteran then-presidential chief-of-staff finance",
    men="mr assemblyman sir lord king prince pope father congressman chairman spokesman "
    "councilman alderman",
    women="mrs ms miss assemblywoman lady dame queen princess sister congresswoman chairwoman "
    "spokeswoman councilwoman actress",
    particles="van von de der den del della la le bin ben al el du di da dos ibn st",
    sources="according to|in the words of",
    faint="read reads referred call called calls calling think thinks thought believe believes "
    "believed describe described describes describing praised blasted mocked dismissed pledged "
    "promised criticized charged charges continued continue continues suggest suggests pointed "
    "urged urges predicted demanded observed quoted reflected voiced posted denied agrees agreed "
    "asked asks",
    bodies="party committee university college school institute foundation center house senate "
    "congress court times post news journal press association society council federation "
    "league city county state states kingdom street avenue island islands river hall park "
    "church act bank inc corp ltd company group pac day city carolina hampshire york "
    "jersey mexico virginia america union department agency bureau service network "
    "television radio magazine tribune herald guardian americans republicans democrats "
    "republican democratic muslims washington europe",
    times="monday tuesday wednesday thursday friday saturday sunday january february july "
    "september october november december",
    directions="new north south east west northern southern eastern western united national "
    "american republican democratic super white middle supreme atlantic pacific upper lower "
    "central fox our the",
    works="film movie book novel song album single play musical opera show series magazine podcast "
    "documentary memoir painting exhibition poem game comedy drama ballad hit titled entitled "
    "named dubbed nicknamed so-called",
    first="my me our us mine ours myself ourselves i'm we're",
    strong="never always must worst best hope fear afraid proud ashamed angry love hate dream "
    "wrong right danger dangerous deadly disaster crisis unacceptable incredible impossible enough "
    "fight war death dead life lives children future historic shame truth lie nothing everything",
)

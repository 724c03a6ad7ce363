"""Given names that tell the gender, for he and she; a name on both sides is on neither."""

from __future__ import annotations

_WOMEN = (
    "abigail ada agnes aisha alena alessandra alexandra alice alicia alina alison amanda amelia "
    "amina amy ana anastasia andrea angela angelika anita anja anke ann anna annalena anne "
    "annegret annette annie antonia april astrid audrey ayşe barbara beata beatrice beatriz bella "
    "bernadette beth betty beverly birgit bridget brigitte britta camila camille carla carly "
    "carmen carol carolina caroline carolyn catherine cecilia celia chantal charlotte chelsea "
    "cheryl chiara christina christine cindy claire clara claudia colette connie cornelia "
    "cristina cynthia dagmar dana daniela debbie deborah debra delia denise diana diane dolores "
    "donna dora dorothy edith ekaterina elaine eleanor elena elif elisa elisabeth elizabeth ella "
    "ellen elsa emilia emily emine emma erika esther eva evelyn fatima fatma federica fiona "
    "florence frances francesca franziska friederike gabriela gabriele gail galina gerda gina "
    "giorgia gisela giulia gloria grace greta gudrun hanna hannah hannelore hatice heather "
    "heidemarie heidi heike helen helena helga hilary hillary ida ilse ines inga ingeborg ingrid "
    "irena irene irina iris irmgard isabel isabella ivana ivanka jacqueline jana jane janet "
    "janice jasmine jeanne jelena jennifer jessica jill joan joanna jodi johanna josephine joyce "
    "juana judith judy julia juliane julie juliette jutta karen karin karla karoline katarina "
    "kate katharina katherine kathleen kathryn kathy katie katja katrin kelly kerstin kimberly "
    "kirsten klara kordula larissa latifa laura leila lena leonie leslie leyla lidia lilian lily "
    "linda lisa lise liselotte livia loretta lori louise lucia lucie lucy luisa lydia madeleine "
    "madison magdalena manuela marcia margaret margarete margot maria mariana marie marina marion "
    "marisa marlene marta martha martina mary maryam matilda maureen megan melania melanie "
    "melinda melissa mercedes michaela michelle mireille miriam molly monica monika nadia nadine "
    "nancy natalia natalie natasha nicola nicole nina nora norma oksana olena olga olivia pamela "
    "patricia paula pauline petra phyllis pilar priscilla rachel ramona rebecca regina renata "
    "renate rita roberta ronja rosa rosalie rose rosemarie ruth sabine sahra sally samantha "
    "sandra sara sarah saskia serena sharon sheila shirley sibylle sigrid silke silvia simone "
    "sofia sonia sonja sophia sophie stella stephanie susan susana susanne suzanne svenja "
    "svetlana sylvia tamara tanja tara tatiana tatjana teresa theresa tina tracy ulla ulrike "
    "ursula ute valentina valeria valerie vanessa vera verena veronica veronika victoria violeta "
    "virginia vivian waltraud wanda wendy wiebke yolanda yulia yvonne zeynep zoe zuzana"
)

_MEN = (
    "aaron abdul abraham achim adam adrian ahmed ahmet alan albert alberto albrecht alejandro "
    "aleksandr alessandro alexander alexandre alexei alfred ali allan allen alois alvaro amir "
    "anders andreas andrei andrew andrzej andré angelo anthony anton antonio antony armin arne "
    "arthur axel barack ben benedikt benjamin bernard bernd bernie bert bill björn bob bodo boris "
    "brad brendan brian bruce bruno bryan burkhard carl carlo carlos carsten cesar charles "
    "charlie chris christian christoph christophe christopher chuck claude claus clemens colin "
    "cory craig curt dan daniel dave david dean dennis derek detlef detlev diego dieter dietmar "
    "dietrich dimitri dirk dmitri dmitry dominic donald doug douglas eberhard eckart eckhard ed "
    "eddie edgar edmund eduardo edward edwin edzard egbert egon ekkehard elmar emil emmanuel "
    "enrique erhard eric erich erik ernst erwin ethan eugen eugene fabian falko felipe felix "
    "ferdinand fernando florian francesco francis francisco francois frank franz fred frederic "
    "frederick frederik frieder friedrich fritz gabriel gary geoff georg george georges gerald "
    "gerard gerd gerhard gero gianni gilbert giorgio giovanni giuseppe glenn gordon gottfried "
    "graham greg gregor gregory guido guillaume gustav götz günter günther hamza hanno hans "
    "harald harold harry hartmut hassan heiko heinrich heinz hellmut helmut hendrik henning henri "
    "henry herbert hermann holger horst hossein howard hubert hubertus hugo hussein ian ibrahim "
    "igor ilja ingo isaac ismail ivan jack jacob jacques jaime jake jakob james jamie jan jannik "
    "jason javier jean jeb jeff jeffrey jens jeremy jerome jerry jim joachim joaquin jochen joe "
    "joel johan johann johannes john johnny jon jonas jonathan jorge jose josef joseph josh "
    "joshua juan juha julian justin jörg jürgen kai karl karsten keith ken kenneth kevin klaus "
    "knut konrad konstantin kurt kyle larry lars lawrence lee leo leon leonard lewis lothar louis "
    "luca lucas ludwig luigi luis lukas luke lutz magnus malte manfred manuel marc marcel marcelo "
    "marco marcus mario mark markus martin massimo mats matt matteo matthew matthias maurice max "
    "maximilian mehmet michael michal michel miguel mike mikhail mitch mitt mohamed mohammed "
    "moritz muhammad mustafa nathan neil newt niall nicholas nick nicolas niels nigel nikolai "
    "nikolaus nils norbert olaf ole oleg oliver olivier omar oscar oskar oswald otto pablo paolo "
    "pascal patrick paul pavel pedro peer pete peter petr phil philip philipp philippe pierre "
    "piotr rafael rainer ralf ralph ramon rand randy raul ray raymond reince reiner reinhard "
    "reinhold ricardo richard rick rob robert roberto rodrigo roger roland rolf roman ron ronald "
    "rudolf rudy rupert russell ryan rüdiger sami samuel scott sean sebastian sergei sergey "
    "sergio siegfried simon stefan stephen steve steven stuart sven ted terry theo thilo thomas "
    "thorsten tilo tim timo timothy tobias todd tom tomasz tommy tony torben torsten trey udo "
    "ulrich uwe viktor vincent vincenzo vladimir volker volkmar walter werner wilfried wilhelm "
    "will willi william willy winfried wolfgang xavier yannick yusuf yves zach"
)

WOMEN = frozenset(_WOMEN.split())
MEN = frozenset(_MEN.split())
# Men's or women's, and the titles that stand for a forename ("Graf von").
_EITHER = (
    "alex andrea chris dominique gabriele jean kim lee leslie lou luca maria mika nicola pat robin "
    "sam sascha toni graf gräfin freiherr freifrau baron baronin prinz prinzessin fürst herzog"
)
_ANY = WOMEN | MEN | frozenset(_EITHER.split())


def is_forename(word: str) -> bool:
    """Whether a word in lower case, or its part before a hyphen, is a given name or an initial."""
    return len(word) == 1 or word.partition("-")[0] in _ANY

"""Slavic given names, in the nominative, by how they bend."""

from __future__ import annotations

_MEN = (
    "александр алексей анатолий андрей антон аркадий арсений артём артем борис вадим валентин "
    "валерий василий виктор виталий владимир владислав всеволод вячеслав геннадий георгий герман "
    "глеб григорий даниил денис дмитрий евгений егор иван игорь кирилл константин леонид максим "
    "марат марк матвей михаил николай олег павел петр пётр рамзан роман руслан семён сергей "
    "станислав степан тимофей тимур фёдор федор эдуард юрий яков ярослав андрій антін богдан "
    "валерій василь віктор віталій володимир в’ячеслав георгій григорій дмитро євген іван ігор "
    "кирило леонід марко мирослав михайло назар олександр олексій остап павло петро ростислав "
    "святослав сергій тарас федір юрій яків adam adrian aleksander andrzej artur bartosz bogdan "
    "bolesław bronisław czesław daniel dariusz dawid dominik donald edward filip franciszek "
    "grzegorz henryk jacek jakub jan janusz jarosław józef juliusz kamil karol kazimierz konrad "
    "krzysztof leszek lech łukasz maciej marcin marek mariusz mateusz michał mikołaj mirosław "
    "norbert paweł piotr przemysław rafał robert roman ryszard sebastian sławomir stanisław "
    "stefan szymon tadeusz tomasz wiesław wiktor witold władysław wojciech zbigniew zdzisław "
    "zygmunt aleš alexandr andrej antonín bohumil bohuslav david eduard františek igor ivan ivo "
    "jaromír jaroslav josef karel ladislav leoš libor lubomír lubor luboš lukáš marcel martin "
    "matěj michal milan miloš miroslav oldřich ondřej pavel petr radek radim rené richard rudolf "
    "stanislav štěpán tomáš václav viktor vilém vladimír vladislav vlastimil vojtěch zdeněk"
)
_WOMEN = (
    "александра алина алла анастасия ангелина анна антонина валентина валерия варвара вера "
    "вероника виктория галина дарья диана ева евгения екатерина елена елизавета жанна зинаида зоя "
    "инна ирина карина кира клавдия ксения лариса лидия лилия любовь людмила маргарита марина "
    "мария надежда наталия наталья нина оксана олеся ольга полина раиса римма светлана софия "
    "софья таисия тамара татьяна ульяна эвелина элла юлия яна никита илья анастасія валерія "
    "вікторія ганна дарина євгенія ірина катерина лідія марія наталія наталя олександра олена "
    "орися павліна світлана соломія софія тетяна уляна христина юлія ярослава микита микола ілля "
    "лука agata agnieszka aleksandra alicja aneta anna barbara beata bożena danuta dominika "
    "dorota elżbieta ewa grażyna halina hanna helena iwona izabela jadwiga janina joanna julia "
    "justyna kamila karolina katarzyna kinga krystyna lidia lucyna magdalena maja małgorzata "
    "maria marta marzena monika natalia nina olga patrycja paulina renata sylwia teresa urszula "
    "wanda weronika wiktoria zofia zuzanna adéla alena alžběta andrea barbora blanka dagmar dana "
    "daniela denisa eliška eva gabriela hana irena ivana iveta jana jarmila jaroslava jiřina "
    "jitka karolína kateřina klára kristýna lenka ludmila markéta martina michaela miroslava "
    "naděžda nikola pavla petra radka romana šárka simona světlana tereza vendula věra veronika "
    "vladimíra zdeňka zuzana"
)

#: Men's names whose genitive ends in -а or -я.
BY_CONSONANT = frozenset(_MEN.split())
#: Names in -а and -я, women's and a few men's.
BY_VOWEL = frozenset(_WOMEN.split())
GIVEN = BY_CONSONANT | BY_VOWEL

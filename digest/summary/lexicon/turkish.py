"""Turkish."""

from __future__ import annotations

from digest.summary.lexicon.words import Lexicon

TURKISH = Lexicon(
    language="tr",
    says=(
        "dedi diyor demişti diyen söyledi söylüyor söylemişti belirtti belirtiyor açıkladı "
        "açıklıyor konuştu ekledi ekliyor vurguladı vurguluyor anlattı anlatıyor yazdı yazıyor "
        "bildirdi kaydetti ifade hatırlattı sordu yanıtladı cevapladı savundu savunuyor uyardı "
        "aktardı değerlendirdi dediler söylediler şöyle"
    ),
    he="o",
    self="ben biz",
    determiners="bir bu şu her bazı birkaç",
    genitives="",
    prepositions="için ile gibi kadar sonra önce göre karşı beri üzerine",
    relatives="ki çünkü eğer ne neden nasıl",
    conjunctions="ve veya ama fakat",
    between="da de diye etti ayrıca daha sonra ise de şunları bunu",
    roles=(
        "sözcüsü sözcü bakan bakanı bakanlık başkan başkanı cumhurbaşkanı başbakan müdürü müdür "
        "direktörü direktör lideri lider uzman uzmanı uzmanlar araştırmacı bilim avukat avukatı "
        "savcı hakim mahkeme polis hükümet sendika dernek şirket parti muhalefet milletvekili "
        "profesör yazar yazarı tarihçi küratör sakini tanık gazeteci gazete teknik antrenör "
        "sanatçı çiftçi mühendis sekreteri genel kurucusu doktor anne baba öğretmen vali valisi "
        "belediye"
    ),
    titles="dr prof doç av gen sayın",
    men="bey",
    women="hanım",
    sources="",
    afterwards="göre",
    works="film kitap roman şarkı albüm oyun opera dizi dergi program sergi şiir adlı isimli",
    first="bana beni benim bizim bizi bize",
    strong="asla her zaman korku gurur utanç tehlike felaket kriz imkansız savaş ölüm hayat "
    "çocuklar gelecek gerçek yalan hiçbir umut rüya",
)

"""Turkish."""

from __future__ import annotations

from digest.summary.lexicon.words import Lexicon

TURKISH = Lexicon(
    language="tr",
    times="pazartesi salı çarşamba perşembe cuma cumartesi pazar dün bugün",
    says=(
        "dedi diyor demişti diyen söyledi söylüyor söylemişti belirtti belirtiyor açıkladı "
        "açıklıyor konuştu ekledi ekliyor vurguladı vurguluyor anlattı anlatıyor yazdı yazıyor "
        "bildirdi kaydetti ifade hatırlattı sordu yanıtladı cevapladı savundu savunuyor uyardı "
        "aktardı değerlendirdi dediler söylediler şöyle diyerek diyordu denildi yanıtını "
        "karşılığını uyarısında itirafında çağrısında değerlendirmesinde açıklamasında yorumunu "
        "ifadelerini ifadesini sözlerini sözleriyle tepki bilgisini bilgisi paylaştı duyurdu "
        "eleştirdi iddia sürdü özetledi seslendi haykırdı fısıldadı suçladı yalanladı doğruladı "
        "sorusunu belirten söyleyen vurgulayan açıklayan anlatan savunan aktaran hatırlatan "
        "kaydeden uyaran ekleyen veren dediğini getirdi"
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
        "başmühendis başhemşire başsavcı başkomiser başöğretmen "
        "sözcüsü sözcü bakan bakanı bakanlık başkan başkanı cumhurbaşkanı başbakan müdürü müdür "
        "direktörü direktör lideri lider uzman uzmanı uzmanlar araştırmacı bilim avukat avukatı "
        "savcı hakim mahkeme polis hükümet sendika dernek şirket parti muhalefet milletvekili "
        "profesör yazar yazarı tarihçi küratör sakini tanık gazeteci gazete teknik antrenör "
        "sanatçı çiftçi mühendis sekreteri genel kurucusu doktor anne baba öğretmen vali valisi "
        "belediye başhekim başhekimi rektör rektörü yönetmen yönetmeni savcısı hakimi komutan "
        "komutanı kaymakam kaymakamı muhtar muhtarı emniyet derneği sendikası birliği odası barosu "
        "vatandaş esnaf işçi memur futbolcu oyuncu oyuncusu şarkıcı ressam mimar mühendisi "
        "ekonomist arkeolog jeolog biyolog balıkçı çoban kaptan kaptanı eşi kızı oğlu kardeşi "
        "komşusu ortağı patronu işletmeci üretici şoför pilot hemşire eczacı veteriner psikolog "
        "sosyolog muhabir muhabiri editör editörü yapımcı senarist besteci koordinatör "
        "koordinatörü temsilcisi üyesi danışmanı yetkilisi yetkililer milletvekilleri bakanlığı "
        "müdürlüğü valiliği belediyesi yardımcısı vekili antrenörü rektörlüğü federasyonu bilimci "
        "iklimbilimci komiser komiseri itfaiye itfaiyeci kaleci forvet hakem hocası albay general "
        "yüzbaşı teğmen imam piskopos kral kraliçe dekan dekanı öğrenci öğrencisi turist yolcu "
        "mağdur aktivist sahibi müşteri büyükelçi büyükelçisi diplomat veznedar mimarı arıcı "
        "peynirci bakkal"
    ),
    titles="dr prof doç av gen sayın",
    men="bey",
    women="hanım",
    sources="",
    afterwards="göre",
    works="film kitap roman şarkı albüm oyun opera dizi dergi program sergi şiir adlı isimli",
    writings="mektup mektubu mektupta mesaj mesajı mesajda not notu notta pankart pankartta "
    "tabela levha",
    first="bana beni benim bizim bizi bize",
    strong="asla her zaman korku gurur utanç tehlike felaket kriz imkansız savaş ölüm hayat "
    "çocuklar gelecek gerçek yalan hiçbir umut rüya",
)

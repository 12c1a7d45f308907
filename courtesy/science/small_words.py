"""The small words of sixteen languages: articles, prepositions, pronouns, question words, greetings, common requests.

They tell the language of a short message where letters do not, and they stay when a name or a title stands in it that
is of another language. Our own lists; a word may be in several. `COUNTED` is what `by_small_words` goes by, in the web
process too: retrieval asks it, so measure before and after when you change that.
"""

import re

_COUNTED = {
    "en": """the and you your is are was were to of for with have has had i my it this that do does can could would
    will not what when how where please from at by be been which there they we our an if but so""",
    "de": """der die das und ich sie ist nicht ein eine einen mit zu den dem des für auf haben habe wir kann können
    noch wie wann wo bitte mir mein meine bei von im auch es oder wird werden sind war""",
    "fr": """le la les et je vous est pas un une des du pour avec mon ma mes nous que qui dans au aux sur ce cette avez
    puis bonjour merci où quand comment il elle""",
    "es": """el los las y yo es no un una unos del por para con mi mis que en su al lo me si pero como cuándo cuánto
    hola gracias dónde está tengo puedo hay se""",
}
_WORDS = {
    "en": """me on set show give get need want any all out up off turn remind cancel thanks hello hi did order am
    who""",
    "de": """einer eines am um zum zur mich uns ihr ihre unser was wer welche welches alle zeig zeige finde danke hallo
    lösche stelle gib füge hinzu erinnere muss soll morgen heute nach aus stornieren bestellung moin namens""",
    "fr": """de en à votre vos notre par plus ne ai avoir être fait suis sont quel quelle quels commande svp bonsoir
    salut moi peux pouvez voudrais annuler""",
    "es": """la de qué cómo cuando este esta pedido quiero quisiera buenos buenas días usted ustedes favor son fue
    desde hasta cancelar sin más mañana""",
    "it": """il lo la gli le e di che è un una uno per con non mi si da del della dei delle dello nel nella al alla
    alle ai sul sulla dal dalla ho hai sono questo questa come quando dove cosa qual quale grazie ciao buongiorno per
    favore vorrei posso tutti tutte mia mio miei mie alla aggiungi mostrami trova metti in dopo ogni domani oggi
    ordine""",
    "nl": """de het een en van ik je u is niet dat die te op met voor aan er zijn om hoe wat waar wanneer naar mijn me
    mij kan wil wordt bij uit alle deze dit ook als maar hebben heb heeft zal alsjeblieft bedankt dank hallo toe stel
    zoek geef laat zien in genaamd vind elke morgen vandaag bestelling hier mag graag""",
    "da": """og i jeg det at en den til er som på de med han af for ikke der var mig sig men et har om vi min havde ham
    hun nu over da fra du ud sin dem os op hvad hvor hvornår hvordan kan skal vil mit mine alle vis find tak hej
    venligst sæt tilføj giv denne dette mig når efter i dag morgen hver sluk spil slet bestilling""",
    "sv": """och i att det som en på är av för med den till inte jag har de om ett men var mig min du vi han hon kan
    ska vill hur vad när där från vid mitt mina alla tack hej snälla också efter idag beställning""",
    "nb": """og i jeg det at en den til er som på de med han av for ikke der var meg seg men et har om vi min hun nå
    fra du ut kan skal vil hva hvor når hvordan mitt mine alle takk hei vennligst etter bestilling""",
    "pt": """o a os as e de do da dos das em no na nos nas um uma que não para por com eu você meu minha é são foi como
    quando onde qual obrigado obrigada olá bom boa favor mais pedido quero gostaria está tem""",
    "tr": """ve bir bu için ile de da ne mi mı mu mü ben benim bana sen çok daha var yok nasıl nerede zaman her tüm
    hangi lütfen teşekkürler merhaba kadar sonra göster bul ekle ver bana olarak saat gün yarın bugün adlı adında iptal
    et kur ayarla hatırlat içinde olan sipariş""",
    "pl": """i w na z do nie się że to jest jak co o po od za czy mój moja moje mam ten ta te dla przez gdzie kiedy ile
    proszę dziękuję cześć dzień dobry chcę mogę zamówienie już tylko jestem""",
    "id": """yang dan di ke dari untuk dengan ini itu saya aku tidak ada akan apa bagaimana kapan mana berapa tolong
    terima kasih halo semua pada jam hari besok saat adalah atau kami anda bisa tampilkan temukan cari tambahkan atur
    setel beri putar hapus ingatkan jadwal ku mau pesanan lagu buku""",
    "lt": """ir į iš su ar kad man mano kaip kas kur kada yra ne už dėl apie prie visus visas nuo iki per prašau ačiū
    labas parodyk rodyk surask rask pridėk pridėti nustatyk įjunk leisk šią šį rytoj šiandien kiek būti""",
    "sr": """i u je da na se za mi me li sa od do što šta kako kada gde koje koja koji koliko sve svi ovo ovaj ovu moj
    moju moje moja nije sam su hvala molim zdravo prikaži pokaži nađi pronađi dodaj postavi podseti pusti sutra danas
    će iz po и у је да на се за ми""",
    "kk": """және мен сен бұл бір үшін қалай қайда қашан не маған менің барлық деп қандай бар жоқ рахмет сәлем""",
}
COUNTED = {language: frozenset(words.split()) for language, words in _COUNTED.items()}
"""The commonest of four languages, for counting."""
SMALL_WORDS = {
    language: frozenset(words.split()) | COUNTED.get(language, frozenset()) for language, words in _WORDS.items()
}
"""All small words of each language that has a list."""
LETTERS = {
    "de": "äöüß", "fr": "éèêàçùâîôûœëï", "es": "ñáéíóú", "it": "àèìòù", "da": "æøå", "nb": "æøå", "sv": "åäö",
    "pt": "ãõçáéíóúâê", "tr": "şğıçöü", "pl": "ąęłńśźżć", "lt": "ąčęėįšųūž", "sr": "čćđšž", "kk": "әғқңөұүһі",
}  # fmt: skip
"""Letters that a language writes and English does not; several languages may share one."""
SCRIPTS = {
    "zh": re.compile("[\u4e00-\u9fff]"),
    "ja": re.compile("[\u3040-\u30ff]"),
    "ko": re.compile("[\uac00-\ud7af]"),
    "ar": re.compile("[\u0600-\u06ff]"),
    "fa": re.compile("[\u0600-\u06ff]"),
    "he": re.compile("[\u0590-\u05ff]"),
    "el": re.compile("[\u0370-\u03ff]"),
    "ru": re.compile("[\u0400-\u04ff]"),
    "uk": re.compile("[\u0400-\u04ff]"),
    "bg": re.compile("[\u0400-\u04ff]"),
    "kk": re.compile("[\u0400-\u04ff]"),
}
"""What is written in a script of its own, whatever else stands in the text."""

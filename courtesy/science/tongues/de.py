"""German for checking. An axis a line, its ends between bars; "!": a "not" does not turn it round."""

SMALL = """der die das den dem des ein eine einen einem einer eines und oder aber auch so dann als wie zu zum zur
in im ins an am auf aus bei beim mit nach von vom für durch über um bis ab seit vor es er sie ihn ihm
ihr ihre ihren ihrem ihrer ihres wir uns unser unsere unseren unserem unserer ich mir mich mein meine
meinen meinem meiner du dich dir dein deine man sich selbst ist sind war waren sein bin bist wird werden
wurde wurden worden hat haben hatte hatten habe kann können könnte könnten muss müssen müsste soll
sollen sollte darf dürfen will wollen möchte möchten mag dass daß ob wenn weil da dort hier dies diese
dieser dieses diesen diesem jene welche welcher welches was wer wo wann warum denn doch ja noch nur
schon sehr mal bitte gern gerne etwa dabei dafür damit davon dazu daran darauf darin jedoch also nun
eben etwas sowie beide einander bereits wieder gegen ohne zwischen unter pro je falls sofern sobald
solange während inzwischen sonst bzw dieselbe derselbe demselben denselben ihnen deren dessen
leider natürlich selbstverständlich gern zum glück ja genau eigentlich"""
NOTS = "nicht nichts nie niemals kein keine keinen keinem keiner keines niemand nirgends nirgendwo weder ohne kaum"
SECOND_NOTS = ""
REACH_BACK = 3
JOINING = "bis und oder –"
NO_NOTS = """nicht nur, kein problem, keine ursache, nicht wahr, keine sorge, nicht zuletzt, nichts als,
    kein wunder, ohne weiteres"""
AXES = """
geöffnet, offen, öffnen, öffnet, auf haben, aufmachen | geschlossen, schließen, schließt, zu haben, zumachen
kostenlos, gratis, umsonst, frei, kostenfrei, gebührenfrei, versandkostenfrei, unentgeltlich, ohne kosten,
    ohne aufpreis | kostenpflichtig, gebührenpflichtig, kostet, kosten, zahlen, bezahlen, gegen gebühr,
    gegen aufpreis, berechnet, berechnen
!vor, vorher, bevor, bis, zuvor | nach, nachher, nachdem, danach, ab | innerhalb, binnen, während
mit, samt, inklusive | ohne, exklusive
enthalten, inbegriffen, eingeschlossen, inklusive, inkl, einschließlich, enthält | ausgenommen, ausgeschlossen,
    exklusive, ausschließlich, zuzüglich, zzgl
annehmen, nehmen wir an, akzeptieren, akzeptiert, angenommen, zurücknehmen, nehmen wir zurück | ablehnen,
    abgelehnt, verweigern, verweigert, zurückweisen, lehnen
!immer, stets, jederzeit, jedes mal | meist, meistens, normalerweise, in der regel, gewöhnlich, oft, häufig
    | manchmal, gelegentlich, ab und zu | selten | nie, niemals
!alle, alles, jede, jeder, jedes, jeden, jedem, allen, aller, sämtliche, sämtlichen | die meisten, meisten
    | einige, einigen, manche, mehrere, ein teil, teilweise | keine, kein, keinen, keiner, niemand, nichts
mehr, weitere, zusätzlich, zusätzliche | weniger
!mindestens, wenigstens, zumindest, nicht weniger als, oder mehr, minimum | höchstens, maximal, bis zu,
    nicht mehr als, oder weniger, maximum | genau
!über, mehr als, länger als, oberhalb, größer als, schwerer als | unter, weniger als, kürzer als, unterhalb,
    kleiner als, leichter als
!müssen, muss, müsst, notwendig, erforderlich, pflicht, verpflichtend, nötig, brauchen, benötigen, verpflichtet
    | müssen nicht, muss nicht, nicht nötig, nicht notwendig, nicht erforderlich, brauchen nicht, freiwillig,
    optional, unnötig | sollten, sollte, empfehlen, empfohlen, sollen | dürfen nicht, darf nicht, nicht erlaubt,
    verboten, untersagt, kann nicht, können nicht, nicht möglich, unmöglich | können, kann, dürfen, darf,
    möglich, lässt sich, erlaubt | vielleicht, möglicherweise, eventuell, könnte, könnten, womöglich,
    wahrscheinlich
    | werden, wird
erlauben, erlaubt, gestattet, zulässig, zugelassen | verbieten, verboten, untersagt, unzulässig
aktivieren, aktiviert, einschalten, eingeschaltet, anschalten | deaktivieren, deaktiviert, ausschalten,
    ausgeschaltet, abschalten
hinzufügen, hinzugefügt, ergänzen, dazulegen | entfernen, entfernt, löschen, gelöscht, herausnehmen, wegnehmen
zeigen, zeigt, anzeigen, sichtbar, erscheint | verbergen, ausblenden, verborgen, unsichtbar, verschwindet
beginnen, beginnt, anfangen, starten, startet, beginn, anfang, start | enden, endet, aufhören, stoppen, ende,
    schluss, beenden
erhöhen, erhöht, steigen, steigt, steigern | senken, gesenkt, sinken, sinkt, verringern, reduzieren, reduziert
verlängern, verlängert | verkürzen, verkürzt
erste, erster, ersten, erstes, zuerst | letzte, letzter, letzten, letztes, zuletzt
früh, früher, frühestens, frühe | spät, später, spätestens, späte
schnell, schneller, sofort, umgehend, gleich, zügig | langsam, langsamer
einfach, leicht, einfacher, leichter, mühelos | schwierig, schwer, kompliziert, schwieriger, schwerer
gut, gute, guten, guter | schlecht, schlechte, schlechten
besser | schlechter
richtig, korrekt, richtige, richtigen | falsch, falsche, falschen, verkehrt
wahr | unwahr, gelogen
gleich, gleiche, gleichen, selben, selbe, denselben, demselben | verschieden, andere, anderen, anders,
    unterschiedlich
neu, neue, neuen, neues, neuer | alt, alte, alten, altes, gebraucht, gebrauchte
groß, große, großen, größer | klein, kleine, kleinen, kleiner, winzig
hoch, hohe, höher | niedrig, niedrige, niedriger, tief
lang, lange, länger | kurz, kurze, kürzer
schwer, schwere | leicht, leichte
dick | dünn
stark, starke | schwach, schwache
warm, warme, heiß, wärmer | kalt, kalte, kühl, kühle, kälter
nass, feucht | trocken
voll, volle, vollen, vollständig, ganz, ganze, ganzen, komplett, gesamte, gesamten, in voller höhe | leer,
    teilweise, halb, unvollständig, teil, anteilig
billig, günstig, preiswert | teuer, teure
öffentlich, öffentliche | privat, private, intern, vertraulich
online, im webshop, im internet | offline, im laden, vor ort, in der filiale
!drinnen, drin, im haus, innen | draußen, im freien, außen
hell, sonnig, sonne, sonnigen, helle | dunkel, schattig, schatten, schattigen
oben, obere, oberen | unten, untere, unteren
links, linke, linken | rechts, rechte, rechten
vorn, vorne, vordere | hinten, hintere
nah, nahe, in der nähe | fern, weit, entfernt
!schicken, schickt, senden, sendet, versenden, verschicken, liefern, versandt, verschickt, geliefert, zusenden
    | erhalten, bekommen, empfangen, abholen, abgeholt, abholung
zurückschicken, zurücksenden, zurückgeben, rückgabe | behalten
geben, gibt | nehmen, nimmt
kaufen, gekauft, kauf, kauft | verkaufen, verkauft, verkauf
!kunde, kunden, käufer, empfänger | verkäufer, absender, händler, lieferant
!erstatten, erstattet, erstattung, geld zurück | gutschein, gutschrift, ersatz, umtausch, ersetzen, ersetzt,
    umtauschen
aufbewahren, behalten, aufheben, bewahren, speichern | wegwerfen, entsorgen, verwerfen
finden, gefunden | verlieren, verloren
ankommen, ankunft, kommen | abfahren, abreise, gehen, verlassen
anmelden, angemeldet, einloggen, registrieren, abonnieren | abmelden, abgemeldet, ausloggen, kündigen, abbestellen
zusammen, gemeinsam, gleichzeitig | getrennt, einzeln, separat, nacheinander
sperren, gesperrt | entsperren, freischalten
automatisch, von selbst | manuell, von hand, händisch
vorübergehend, zeitweise, befristet | dauerhaft, für immer, endgültig, unbefristet
gültig, gilt, gelten, in kraft | ungültig, abgelaufen, verfallen, verfällt, erlischt
verfügbar, lieferbar, vorrätig, erhältlich, auf lager | ausverkauft, vergriffen, nicht lieferbar, unverfügbar
funktioniert, klappt, gelingt | versagt, scheitert, misslingt, defekt, kaputt
zustimmen, bestätigen, bestätigt, einverstanden | widersprechen, widerspricht, ablehnen
ungiftig, unbedenklich, sicher, harmlos, unschädlich, verträglich | giftig, gefährlich, bedenklich, schädlich,
    unsicher, unverträglich
lebend, lebendig | tot, eingegangen
inland, innerhalb deutschlands, in deutschland, national | ausland, außerhalb deutschlands, im ausland,
    international
brutto, inklusive mehrwertsteuer | netto, ohne mehrwertsteuer, zuzüglich mehrwertsteuer
einzahlen, gutschreiben, gutgeschrieben | abheben, abziehen, abgezogen, abbuchen, abgebucht
tag, tags, tagsüber | nacht, nachts
morgens, vormittags, morgen, vormittag | abends, abend, nachmittags, nachmittag
werktags, wochentags, werktagen | am wochenende, wochenenden, wochenende, feiertagen, an feiertagen, feiertage
!täglich, jeden tag | wöchentlich, jede woche | monatlich, jeden monat | jährlich, jedes jahr
!heute | morgen | gestern
sommer | winter
frühling, frühjahr | herbst
erwachsene, erwachsenen | kinder, kind, kindern
männer, mann, herren | frauen, frau, damen
mutter | vater
vorherige, vorigen, bisherige, vergangene | nächste, nächsten, künftige, kommende
frage | antwort
!weil, wegen, aufgrund, da | obwohl, trotz, trotzdem
original | kopie, fälschung
natürlich, echt, bio | künstlich, plastik, kunststoff
weich | hart
sauber | schmutzig
unbenutzt, ungetragen, ungeöffnet, unbeschädigt, verschlossen, heil, unversehrt | benutzt, getragen, geöffnet,
    beschädigt, defekt, kaputt
ganze bestellung, gesamte bestellung | teil der bestellung, einzelne artikel
bekannt, bekannte | unbekannt, unbekannte, fremd
nützlich, hilfreich | nutzlos, überflüssig
!nur, ausschließlich, lediglich, bloß | auch, ebenfalls, außerdem, zusätzlich
winterhart, frosthart | frostempfindlich
anfänger | fortgeschrittene
maximal | minimal
willkommen, erwünscht | unerwünscht
gerade, aufrecht | schief, krumm
lieben, mögen | hassen
"""
SAME = """
paket lieferung sendung päckchen
schicken senden versenden verschicken liefern zusenden
erstatten zurückzahlen
artikel produkt ware
laden geschäft
kaufen erwerben
foto bild aufnahme
beginnen anfangen starten
enden aufhören
helfen unterstützen
benötigen brauchen
zeigen anzeigen
wählen auswählen aussuchen
erhalten bekommen
mitteilen informieren sagen bescheid
fragen anfragen
antworten beantworten
reparieren richten
ändern anpassen
behalten aufheben
erlauben gestatten
versuchen probieren
groß riesig
schnell zügig rasch
sofort umgehend unverzüglich
schwierig kompliziert
einfach leicht
kunde käufer
gutschein coupon
kosten preis gebühr
kostenlos gratis kostenfrei umsonst
ungefähr etwa circa ca rund
oft häufig
normalerweise gewöhnlich meistens meist üblicherweise
vielleicht eventuell möglicherweise
auch ebenfalls
löschen entfernen
finden entdecken
ganz gesamt komplett vollständig
fehler mangel
beschädigt kaputt defekt
prüfen kontrollieren
mail e-mail email
webseite website seite
telefon telefonisch anrufen
innerhalb binnen
geschenk präsent
rechnung beleg
stornieren widerrufen
umtauschen tauschen
zusteller kurier
zahlen bezahlen
ankommen eintreffen
melden schreiben
rückgabe rücksendung retoure
zurückgeben zurückschicken zurücksenden
samstag sonnabend
aufbewahren verwahren lagern
werkzeug gerät
etikett label
anschrift adresse
bestellen ordern
"""
UNITS = """
tag, tage, tagen, kalendertage, kalendertagen
werktag, werktage, werktagen, werktags, arbeitstag, arbeitstage, arbeitstagen, packtage
stunde, stunden, h
minute, minuten, min
sekunde, sekunden
woche, wochen
monat, monate, monaten
jahr, jahre, jahren
uhr
%, prozent
eur, euro, euros, €
usd, dollar, $
chf, franken
cm, zentimeter
m, meter, metern
mm
km, kilometer
g, gramm
kg, kilo, kilogramm
l, liter
ml
°c, grad, °
personen, person, menschen
stück, artikel
"""
COUNTS = """zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn
achtzehn neunzehn zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig hundert tausend"""
CALENDAR = """
januar jänner
februar
märz
april
mai
juni
juli
august
september
oktober
november
dezember
montag montags
dienstag dienstags
mittwoch mittwochs
donnerstag donnerstags
freitag freitags
samstag samstags sonnabend
sonntag sonntags
ostern
weihnachten
silvester
"""
CONDITIONS = """wenn, falls, sofern, außer, es sei denn, solange, nur wenn, vorausgesetzt, unter der bedingung,
    ausgenommen,
nur mit, nur bei, nur für, abgesehen von, aber nicht, sobald, soweit"""
ONLY = "nur ausschließlich lediglich allein"
BREAKS = "und aber oder sondern weil da während obwohl wenn falls sofern außer jedoch sonst denn damit dass"
TURNING = "un in im ir des miss nicht ent"
TAILS = "voll/los bar/los haft/los reich/arm"
ENDINGS = "ernen esten enden est ten tet end test te en ern em er es et e n s t"
SPELLED_OUT = [
    (r"\bnicht mehr\b", "nicht"),
    (r"\bnoch nicht\b", "nicht"),
    (r"\bgar (?=nicht|kein)", ""),
    (r"\bgibt['’]?s\b", "gibt es"),
    (r"(?<=\w)['’]s\b", " es"),
]
POLITE = (
    r"^(?:hallo|guten (?:tag|morgen|abend)|liebe[rs]?|sehr geehrte[rs]?|moin|servus|grüezi)\b.{0,60}$"
    r"|^(?:vielen |herzlichen |besten |lieben |tausend )?dank\w*\b.{0,90}$"
    r"|^(?:es|das) (?:tut|täte) (?:uns|mir)\b.{0,90}$|^(?:wir|ich) (?:freuen?|hoffen?|wünschen?|danken?|bedauern?"
    r"|verstehen?|bitten? um entschuldigung|entschuldigen?)\b.{0,90}$|^(?:schön|toll|gern|gerne|sehr gern|natürlich"
    r"|selbstverständlich|kein problem|keine ursache|willkommen|glückwunsch|herzlichen)\b.{0,80}$"
    r"|^(?:bitte )?(?:melden|schreiben|sagen|fragen) sie (?:uns|sich|mir|gern|einfach|bei)\b.{0,80}$"
    r"|^(?:viel spaß|einen schönen|schönen|alles gute|bis bald|entschuldigung|verzeihung)\b.{0,60}$"
    r"|^(?:mit )?(?:freundlichen|besten|herzlichen|lieben|viele|liebe|beste|herzliche) grüße\w*\b.{0,50}$"
    r"|^(?:wenn|falls|sollten) sie (?:noch |weitere )*fragen\b.{0,80}$"
)
WE = "wir uns unser unsere ich"
YOU = "sie ihnen ihr ihre du"

"""French for checking. An axis a line, its ends between bars; "!": a "not" does not turn it round."""

SMALL = """le la les l un une des du de d au aux à a en dans sur sous pour par avec et ou où mais donc or ni car si
que qu qui quoi dont ce cet cette ces c ça cela celui celle ceux celles il elle ils elles on nous vous
je j tu me m te t se s lui leur leurs y mon ma mes ton ta tes son sa ses notre nos votre vos est sont
était étaient être été sera seront soit ai as avons avez ont avait avoir aura auront eu fait faire font
peut peuvent pouvez pouvons pourrez pourra doit doivent devez devons faut va vont très aussi plus bien
tout toute tous toutes même encore déjà ainsi alors comme quand lorsque puis chez entre vers merci s'il
veuillez bonjour n ne là ici environ lors dès afin lequel laquelle lesquels chaque quelque quelques
autre autres cependant toutefois sans depuis jusque jusqu pendant après avant moins pas
oui malheureusement hélas bien sûr volontiers effectivement"""
NOTS = "ne pas jamais rien aucun aucune personne ni sans non nul nulle guère"
SECOND_NOTS = "pas jamais rien aucun aucune personne ni guère nul nulle"
REACH_BACK = 0
JOINING = "à et ou au –"
NO_NOTS = """pas de problème, pas de souci, non seulement, pas seulement, ne que, pourquoi pas, n'importe, non plus"""
AXES = """
ouvert, ouverte, ouverts, ouvrir, ouvre, ouvrons | fermé, fermée, fermés, fermer, ferme, fermons, clos
gratuit, gratuite, gratuits, gratuitement, offert, offerte, offerts, sans frais, sans supplément, gratuites
    | payant, payante, payants, coûte, coûtent, payer, payez, facturé, facturée, facturons, avec supplément,
    à vos frais
!avant, avant de, d'ici | après, ensuite, à partir, dès, passé | pendant, dans les, sous, en moins de, durant
avec | sans
inclus, incluse, compris, comprise, comprend, contient, y compris | exclu, exclue, non compris, hors, excepté,
    exclut, sauf
accepter, accepte, acceptons, accepté, acceptée, acceptés, reprenons | refuser, refuse, refusons, refusé, refusée,
    refusés, rejetons
!toujours, à tout moment, chaque fois | souvent, généralement, normalement, d'habitude, habituellement, en général
    | parfois, quelquefois, de temps en temps | rarement | jamais
!tous, toutes, tout, toute, chaque, chacun | la plupart | quelques, certains, certaines, plusieurs, une partie
    | aucun, aucune, personne, rien
plus, davantage, supplémentaire | moins
!au moins, minimum, au minimum, pas moins de, ou plus | au plus, maximum, au maximum, jusqu'à, jusqu à,
    pas plus de, ou moins | exactement
!plus de, supérieur, au-delà, au-dessus | moins de, inférieur, en dessous, au-dessous
!devez, doit, doivent, devoir, il faut, faut, obligatoire, nécessaire, requis, requise, obligé | n'avez pas
    besoin, pas besoin, pas obligé, pas nécessaire, facultatif, facultative, inutile, pas obligatoire | devriez,
    conseillons, recommandons, recommandé, conseillé | interdit, interdite, ne devez pas, pas autorisé, défendu,
    pas possible, impossible | pouvez, peut, peuvent, pouvons, pourrez, possible, autorisé, permis | peut-être,
    éventuellement, pourrait, pourraient, probablement
    | sera, seront, va, allons
permettre, permet, autoriser, autorise, permettons, autorisons | interdire, interdit, empêche, interdisons
activer, activé, activée, allumer, allumé | désactiver, désactivé, désactivée, éteindre, éteint
ajouter, ajoutez, ajouté, ajoutons | supprimer, supprimez, supprimé, enlever, retirer, retirons, effacer
afficher, montrer, visible, montre | cacher, masquer, invisible, masqué
commencer, commence, début, débute, démarrer | finir, finit, fin, termine, terminer, arrêter, cesse
augmenter, augmente, augmenté | diminuer, diminue, réduire, réduit, baisser, baisse
prolonger, prolonge, prolongé, allonger | raccourcir, raccourci, écourter
premier, première, premiers | dernier, dernière, derniers, dernières
tôt, plus tôt | tard, plus tard
rapide, rapidement, vite, immédiatement, aussitôt | lent, lentement
facile, facilement, simple, simplement | difficile, difficilement, compliqué, compliquée
bon, bonne, bien | mauvais, mauvaise, mal
meilleur, mieux | pire
correct, correcte, juste, exact, exacte | incorrect, faux, fausse, erroné, inexact
vrai, vraie | faux, fausse
même, mêmes, identique | différent, différente, autre
neuf, neuve, nouveau, nouvelle, nouveaux, nouvelles | vieux, vieille, ancien, ancienne, usagé, occasion, anciens
grand, grande, grands, grandes | petit, petite, petits, petites
haut, haute, élevé, élevée | bas, basse, faible
long, longue | court, courte
lourd, lourde | léger, légère
fort, forte | faible
chaud, chaude, chaleur | froid, froide, frais, fraîche
mouillé, humide | sec, sèche
plein, pleine, entier, entière, complet, complète, totalité, intégralement, entièrement, totalement, intégral
    | vide, partiel, partielle, partiellement, moitié, en partie
bon marché, pas cher, abordable | cher, chère, coûteux
public, publique | privé, privée, interne, confidentiel
en ligne, sur internet, sur le site | en magasin, sur place, en boutique, à la boutique, au magasin
!intérieur, dedans | extérieur, dehors
soleil, ensoleillé, lumière, clair | ombre, ombragé, obscurité, sombre
dessus | dessous
gauche | droite
devant | derrière
proche, près | loin, éloigné
!envoyer, envoie, envoyons, envoyé, expédier, expédions, expédié, livrer, livrons, livré | recevoir, recevez,
    reçu, retirer, récupérer, reçoit
renvoyer, retourner | garder, conserver
donner, donne | prendre, prend
acheter, achetez, achat, acheté | vendre, vendez, vente, vendu, vendons
!client, cliente, clients, acheteur, destinataire | vendeur, expéditeur, fournisseur
!rembourser, remboursé, remboursée, remboursons, remboursement, remboursés | bon d'achat, avoir, échange,
    échanger, échangé, remplacer, remplacé, remplaçons, échangeons
garder, gardez, conserver, conservez, conservons, gardons | jeter, jetez
trouver, trouvé | perdre, perdu
arriver, arrivée, arrive | partir, départ, part
s'inscrire, inscrire, s'abonner, connecter, inscription | se désinscrire, désinscrire, se désabonner, désabonner,
    déconnecter, résilier
ensemble | séparément, à part, séparé
automatique, automatiquement | manuel, manuellement, à la main
temporaire, temporairement, provisoire | permanent, définitif, définitivement
valable, valide, valables, s'applique, applique | périmé, expiré, expire, invalide, caduc, périmés
disponible, en stock, disponibles | indisponible, épuisé, épuisée, en rupture
fonctionne, réussit, marche | échoue, panne, cassé
accepter, confirmer, confirmé, approuver | contester, s'opposer, désapprouver
inoffensif, inoffensive, sûr, sans danger, non toxique | toxique, dangereux, dangereuse, nocif, nocive, toxiques
vivant, vivante | mort, morte
en france, national | étranger, à l'étranger, international
ttc, toutes taxes comprises | ht, hors taxes
créditer, crédité | débiter, débité, déduire, déduit, déduits, déduite
jour, journée | nuit
matin | soir, après-midi
en semaine, jours ouvrés, jours ouvrables | week-end, weekend, jours fériés
!quotidien, tous les jours, chaque jour | hebdomadaire, chaque semaine, toutes les semaines | mensuel,
    chaque mois, tous les mois | annuel, chaque année
!aujourd'hui | demain | hier
été | hiver
printemps | automne
adulte, adultes | enfant, enfants
homme, hommes | femme, femmes
mère | père
précédent, précédente, passé | prochain, prochaine, suivant, suivante, futur
question | réponse
!parce que, car, à cause de, grâce à | bien que, malgré, quoique
original | copie
naturel, naturelle | artificiel, artificielle
propre | sale
inutilisé, neuf, intact, non ouvert, non utilisé, fermé, non ouverte, inutilisés | utilisé, utilisée, porté,
    ouvert, abîmé, endommagé, cassé, utilisés
connu | inconnu
utile | inutile
!seulement, uniquement, exclusivement | aussi, également, en plus
présent | absent
"""
SAME = """
colis paquet livraison envoi
envoyer expédier
rembourser remboursement
article produit
magasin boutique
acheter
photo image
commencer débuter
finir terminer
aider assister
besoin nécessiter
montrer afficher
choisir sélectionner
recevoir obtenir
informer prévenir avertir
demander
répondre
réparer
changer modifier
garder conserver
autoriser permettre
essayer tenter
grand
rapide rapidement vite
immédiatement aussitôt
difficile compliqué
facile simple
client acheteur
bon coupon
coût prix frais tarif
gratuit offert gratuitement
environ approximativement
souvent fréquemment
généralement normalement habituellement
peut-être éventuellement
aussi également
supprimer effacer
trouver
entier complet total
erreur faute
abîmé endommagé cassé
vérifier contrôler
mail e-mail email courriel
site
téléphoner appeler
cadeau
facture
annuler
échanger remplacer
arriver
retourner renvoyer
retour renvoi
retirer récupérer
étiquette
délai
payer régler
seulement uniquement
"""
UNITS = """
jour, jours
jour ouvré, jours ouvrés, jour ouvrable, jours ouvrables
heure, heures, h
minute, minutes, min
seconde, secondes
semaine, semaines
mois
an, ans, année, années
%, pour cent
eur, euro, euros, €
usd, dollar, dollars, $
chf, francs
cm, centimètres, centimètre
m, mètre, mètres
mm
km, kilomètres
g, grammes
kg, kilos, kilo
l, litre, litres
ml
°c, degrés, degré, °
personnes
articles, article, pièces
"""
COUNTS = """deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit
dix-neuf vingt trente quarante cinquante soixante soixante-dix quatre-vingts quatre-vingt-dix cent mille"""
CALENDAR = """
janvier
février
mars
avril
mai
juin
juillet
août
septembre
octobre
novembre
décembre
lundi lundis
mardi mardis
mercredi mercredis
jeudi jeudis
vendredi vendredis
samedi samedis
dimanche dimanches
pâques
noël
"""
CONDITIONS = """si, s'il, sauf, sauf si, à moins que, à condition, à condition que, pourvu que, tant que,
    seulement si, hormis,
excepté, en cas de, uniquement avec, uniquement pour, à l'exception, mais pas"""
ONLY = "seulement uniquement exclusivement"
BREAKS = "et mais ou parce car si sauf lorsque quand tandis donc sinon alors afin que qui puis"
TURNING = "in im ir il dés dé des mé non mal"
TAILS = "able/able"
ENDINGS = "issons issez aient eront erons ement ements ions ees ee es ent ons ez er ir s e"
SPELLED_OUT = [
    (r"\b(?:n['’])(?=\w)", "ne "),
    (r"\b(?:jusqu['’]à|jusqu['’]au)\b", "jusqu'à"),
    (r"\b(?:aujourd['’]hui)\b", "aujourdhui"),
    (r"\b([ldjmtsc]|qu|lorsqu|puisqu)['’](?=\w)", r"\1 "),
    (r"\bne (\w+) (?:plus|point) ", r"ne \1 pas "),
]
POLITE = (
    r"^(?:bonjour|bonsoir|cher|chère|madame|monsieur|salut|coucou)\b.{0,60}$|^(?:un grand |mille "
    r"|encore )?merci\b.{0,90}$"
    r"|^(?:nous|je) (?:(?:sommes|suis) (?:vraiment |très |sincèrement |tout à fait )*(?:désolé|ravi|heureu|navré"
    r"|content)"
    r"|(?:vous )?(?:remerci|souhait|présent)|espér|regrett|compren)\w*.{0,90}$"
    r"|^(?:n['’ ]?e? ?hésitez pas|dites-nous|écrivez-nous|tenez-nous)\b.{0,80}$"
    r"|^(?:bonne|bon|belle|bien à|cordialement|à bientôt|avec plaisir|bien sûr|pas de (?:problème|souci)|bienvenue"
    r"|félicitations|toutes nos excuses|veuillez nous excuser|désolés?)\b.{0,80}$"
    r"|^si vous avez (?:d['’]autres |des |la moindre )?questions?\b.{0,80}$"
)
WE = "nous notre nos je"
YOU = "vous votre vos tu"

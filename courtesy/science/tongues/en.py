"""English for checking. An axis a line, its ends between bars; "!": a "not" does not turn it round."""

SMALL = """a an the this that these those it its it's he she they them their there here i me my we us our you your
yours he his her him who whom whose which what when where why how be is are am was were been being do
does did done doing have has had having will would shall should can could may might must to of in on at
by for with from into onto about as and or but nor so if then than too also just very really quite
rather only own same such s t d ll m o re ve y up out over under again once any some each both few more
most other please well even still already yet since while because get gets got let s'd one ones via per
yes unfortunately afraid sadly luckily along course indeed however though kindly dear today"""
NOTS = "not no never none nothing nobody nowhere neither nor without cannot hardly barely unable"
SECOND_NOTS = ""
REACH_BACK = 0
JOINING = "to and or until till –"
NO_NOTS = """not only, no matter, no problem, why not, no doubt, not just, whether or not, no worries, if not,
    no. , nothing but, not least, not to mention"""
AXES = """
open, opened, opens, opening, reopen | closed, close, closes, closing, shut
free, free of charge, at no cost, at no charge, no charge, complimentary, for nothing, gratis | paid, pay, pays,
    costs, cost, charged, charge, at your expense, chargeable, for a fee, against a fee
!before, prior to, ahead of, until, by | after, afterwards, following, from, later than | within, inside of, during
with | without
include, included, includes, including, contain, contains, inclusive | exclude, excluded, excludes, excluding,
    omit, exclusive, leave out, except
accept, accepted, accepts, take back | refuse, refused, refuses, reject, rejected, rejects, decline, declined,
    turn down
!always, every time, at any time, anytime | usually, often, mostly, normally, generally | sometimes, occasionally,
    now and then | rarely, seldom, hardly ever | never
!all, every, each, any, everyone, everybody, everything, the whole, entire | most | some, several, certain, a few,
    part of, parts of, half of | none, no, nobody, nothing, no one
more, additional, extra, further | less, fewer
most | least
!at least, a minimum of, no less than, not less than, or more, minimum, from at least, min | at most, up to,
    a maximum of, no more than, not more than, or less, maximum, max | exactly
!more than, over, above, longer than, upwards of, heavier than, larger than | less than, under, below,
    shorter than, lighter than, smaller than
!must, have to, has to, need to, needs to, required to, are obliged to, mandatory, compulsory, required, is
    required | do not have to, does not have to, need not, do not need to, does not need to, not required, not
    necessary, unnecessary, optional, voluntary, if you like, no need to | should, recommend, we recommend,
    recommended, advise, ought to | must not, not allowed, forbidden, prohibited, may not, can not, cannot, not
    possible, impossible, not able to | can, may, able to, allowed to, possible, welcome to, could, possible to
    | might, perhaps, maybe, possibly, could be, probably
    | will, shall
allow, allowed, allows, permit, permitted, permits, let | forbid, forbidden, prohibit, prohibited, ban, banned,
    block, blocked, blocks, prevent, prevents, prevented, deny, denied
enable, enabled, enables, activate, activated, turn on, turned on, switch on, switched on | disable, disabled,
    disables, deactivate, deactivated, turn off, turned off, switch off, switched off
add, added, adds, adding, insert | remove, removed, removes, removing, delete, deleted, deletes, deleting, erase,
    subtract
show, shows, showing, shown, display, displayed, visible, reveal, appear | hide, hides, hiding, hidden, invisible,
    conceal, disappear
start, starts, started, starting, begin, begins, beginning, launch | stop, stops, stopped, stopping, end, ends,
    ending, finish, finished, quit
increase, increased, increases, raise, raised, rise, grow | decrease, decreased, decreases, reduce, reduced,
    reduces, lower, lowered, fall, shrink, cut
first, earliest, initial | last, latest, final
early, earlier, sooner | late, later
fast, faster, quick, quickly, quicker, rapid, immediately, at once | slow, slower, slowly, eventually
easy, easier, easily, simple, simpler, simply, straightforward | hard, harder, difficult, complicated, complex,
    tricky
good, great, fine, well, excellent, nice | bad, poor, badly, poorly, terrible, awful
better | worse
best | worst
right, correct, correctly, proper, properly, accurate | wrong, incorrect, incorrectly, wrongly, mistaken, improper
true | false, untrue
same, identical, equal, alike | different, differently, another, other, differ
new, newer, recent, fresh, brand new | old, older, used, outdated, second hand, stale
large, larger, big, bigger, huge, great | small, smaller, little, tiny
high, higher | low, lower
long, longer | short, shorter
heavy, heavier | light, lighter
thick | thin
wide | narrow
strong, stronger, sturdy | weak, weaker, fragile
hot, warm, warmer, heated | cold, cool, cooler, chilly, frozen
wet, damp, moist, humid | dry, dried
full, complete, completely, whole, entirely, fully, wholly | empty, partial, partially, partly, incomplete, in part
cheap, cheaper, inexpensive, affordable | expensive, costly, pricey, dearer
public, publicly, open to everyone, shared | private, privately, secret, internal, confidential
online, on the web, on our website | offline, in store, in the shop, in our shop, at the counter
!inside, indoors, indoor | outside, outdoors, outdoor
!sun, sunny, sunlight, bright, full sun | shade, shady, shaded, dark, in the dark
above, over, on top of | below, beneath, underneath
top, upper | bottom, lower
left, left-hand | right, right-hand
front, forward, forwards, ahead | back, backward, backwards, behind
up, upwards | down, downwards
on | off
in, into | out, out of
near, nearby, close by, local | far, distant, far away
!send, sends, sent, ship, ships, shipped, dispatch, dispatched, deliver, delivered, post | receive, receives,
    received, collect, collected, pick up, picked up
give, gives, given, gave | take, takes, taken, took, withhold
buy, buys, bought, purchase, purchased | sell, sells, sold
!customer, customers, buyer, buyers, recipient, receiver | seller, sellers, sender, supplier
!refund, refunded, refunds, money back, refunding | voucher, store credit, credit note, exchange, replacement,
    exchanged, replace, replaced
keep, keeps, kept, retain, store, save, saved, preserve | discard, throw away, throw, lose, lost, dispose
remember, remembers | forget, forgets, forgotten
find, found | lose, lost
arrive, arrives, arrived, come, comes | leave, leaves, left, go, goes, depart
enter | exit, leave
connect, connected, attach, attached, join | disconnect, disconnected, detach, separate, separated
together, jointly, combined, in one parcel | separately, apart, individually, split
single, one by one, individual | multiple, several, many
many, lots, lots of, a lot of, much, plenty | few, little, hardly any
import | export
upload, uploaded, uploading | download, downloaded, downloading
log in, sign in, login, logged in | log out, sign out, log off, logout, sign off
sign up, register, registered, subscribe, subscribed, opt in | opt out, unsubscribe, unsubscribed, deregister
lock, locked | unlock, unlocked
automatic, automatically, by itself, auto | manual, manually, by hand
temporary, temporarily, for a while, short-term | permanent, permanently, forever, for good, indefinitely
default, standard, normal, usual, regular, common | special, custom, unusual, exceptional, rare, uncommon
valid, applies, apply, in force, in effect, effective | invalid, void, expired, expires, expire, lapsed
available, in stock, obtainable | unavailable, out of stock, sold out, discontinued
succeed, success, successful, successfully, works, work, working | fail, fails, failed, failure, broken, break,
    breaks
pass, passes | fail, fails
agree, agrees, agreed, approve, approved, confirm, confirmed | disagree, object, disapprove, oppose
safe, harmless, non-toxic, nontoxic, secure, safely | dangerous, unsafe, toxic, poisonous, harmful, hazardous, risky
alive, living | dead, dried up
domestic, national, in germany, at home, inland | foreign, abroad, international, overseas
win, gain, earn, profit | lose, loss
love, loves, like, likes, want, wants, enjoy | hate, hates, dislike, dislikes, despise
positive, plus | negative, minus
gross | net
including vat, including tax, incl. vat, tax included | excluding vat, excluding tax, plus vat, plus tax, before tax
deposit, deposited, credit, credited | withdraw, withdrawn, withdrawal, debit, debited, deduct, deducted
day, daytime, daily | night, nighttime
morning | evening
weekday, weekdays, working days, workdays | weekend, weekends, holidays, public holidays
!daily, every day | weekly, every week | monthly, every month | yearly, annually, every year
!today | tomorrow | yesterday
summer | winter
spring | autumn, fall
adult, adults | child, children, kids, minors
male, men, man, his | female, women, woman, her
mother | father
beginning, start | end
past, previous, previously, former, ago | future, next, upcoming, ahead
old version, previous version | new version, current version
mine | yours
question | answer
cause, because of | despite, in spite of, regardless of
!because, since, as | although, though, even though
encourage, encouraged, support, supported, supports | discourage, discouraged
success | failure
original | copy, duplicate, fake
natural, organic | artificial, synthetic, plastic
loose | tight, firmly
soft | hard
smooth | rough
clean, cleaned | dirty, soiled
unused, unworn, unopened, sealed, intact, undamaged | used, worn, opened, damaged, broken, faulty, defective,
    unsealed
whole order, entire order, full order | part of the order, single items, parts of the order
upstairs, to your flat, into your home, indoors | to the kerb, kerbside, downstairs, to the door
sweet | bitter, sour
active, actively | inactive, passive, idle
busy | quiet, idle
careful, carefully | careless, carelessly
known | unknown
friend | enemy, stranger
helpful, useful, worth | useless, pointless, worthless
necessary, needed, essential, vital | unnecessary, needless, superfluous
!only, solely, exclusively, nothing but | also, as well, in addition, too, moreover
with notice | without notice
parent | child
senior | junior
!first come first served | by lot
borrow | lend
expand, expanded, extend, extended, stretch, prolong | collapse, contract, shorten, shortened, shrink
maximize, maximise, maximum | minimize, minimise, minimum
inbound, incoming | outbound, outgoing
input | output
read | write, unread
reply | ignore, ignored
respect, obey, follow | ignore, disobey, break, violate
wanted | unwanted
majority | minority
upgrade, upgraded | downgrade, downgraded
ascending | descending
horizontal, horizontally | vertical, vertically
internal | external
interior | exterior
entry, entrance | exit
major | minor
local | remote
simple | advanced
trust, believe | distrust, doubt
certain, certainly, sure, surely, definitely, guaranteed | uncertain, unsure, unlikely, doubtful
likely, probable | unlikely, improbable
present, there | absent, missing, gone
lucky, fortunately, luckily | unlucky, unfortunately, sadly
happy, glad, pleased | sad, unhappy, sorry
rich | poor
young, younger | old, older
clear, clearly, obvious | unclear, vague, obscure
direct, directly | indirect, indirectly
legal, lawful | illegal, unlawful
"""
SAME = """
parcel package delivery shipment consignment
send ship dispatch post mail
refund reimburse repay
return
article item product good goods
shop store
purchase buy
photo picture image
begin start
finish end complete
help assist aid support
need require
use utilise utilize employ
show display
pick choose select
make create
get obtain receive
tell inform notify advise
ask enquire inquire request
answer reply respond
fix repair mend
change alter modify
keep retain
allow permit let
try attempt
big large
small little
fast quick rapid
quickly rapidly promptly
hard difficult
easy simple
simply easily just
want wish like
buyer customer client
voucher coupon
cost price fee charge
free gratis complimentary
about roughly approximately around circa
however but though
often frequently
usually normally generally typically mostly
maybe perhaps possibly
also too additionally
place spot location
working business
delete remove erase
find locate discover
stop cease halt
whole entire complete
mistake error fault
damaged broken faulty defective
correct right
wrong incorrect
quick speedy
check verify
email e-mail mail
website site webpage
phone telephone call ring
click press tap hit
appear show
button key
file document
folder directory
option setting preference
account profile
information details info data
picture photo
possible feasible
method way approach
problem issue trouble
solution fix answer
several multiple various
enough sufficient
different distinct
near close
buy purchase
today
autumn fall
bin rubbish trash
lots many numerous
provide supply offer give
contain include
explain describe
happen occur
immediately instantly directly once
currently presently now
arrive come
carrier courier
exchange swap replace
invoice bill
cancel
within inside
gift present
write
opened
plant
user person
"""
UNITS = """
day, days, calendar day, calendar days
working day, working days, business day, business days, workday, workdays
hour, hours, h, hrs
minute, minutes, min, mins
second, seconds, sec
week, weeks
month, months
year, years
%, percent, per cent
eur, euro, euros, €
usd, dollar, dollars, $
gbp, pound, pounds, £
cm, centimetre, centimetres, centimeter, centimeters
m, metre, metres, meter, meters
mm
km, kilometre, kilometres
g, gram, grams
kg, kilo, kilos, kilogram, kilograms
l, litre, litres, liter, liters
ml
°c, degrees, degree, °
am, a.m
pm, p.m
kb
mb, megabytes
gb, gigabytes, gigabyte
characters, character
people, persons, person
items, item, pieces, piece
"""
COUNTS = """two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand"""
CALENDAR = """
january jan
february feb
march
april apr
may
june jun
july jul
august aug
september sept sep
october oct
november nov
december dec
monday mondays
tuesday tuesdays
wednesday wednesdays
thursday thursdays
friday fridays
saturday saturdays
sunday sundays
easter
christmas
"""
CONDITIONS = """if, unless, except, except for, only if, provided, provided that, as long as, on condition that,
    only when, in case,
apart from, but not, only for, only with, only within, unless otherwise, excluding, other than, so long as,
    as soon as"""
ONLY = "only solely exclusively"
BREAKS = "and but or as because while whereas although though if unless except provided however otherwise so when which"
TURNING = "un in im ir il dis non mis de"
TAILS = "ful/less able/less"
ENDINGS = "ingly edly ings ing edly ed es s ly"
SPELLED_OUT = [
    (r"\bcan['’]t\b|\bcannot\b", "can not"),
    (r"\bwon['’]t\b", "will not"),
    (r"\bshan['’]t\b", "shall not"),
    (r"n['’]t\b", " not"),
    (r"\b(it|that|there|he|she|what|here|where|let)['’]s\b", r"\1 is"),
    (r"['’]re\b", " are"),
    (r"['’]ll\b", " will"),
    (r"['’]ve\b", " have"),
    (r"['’]m\b", " am"),
    (r"['’]d\b", " would"),
    (r"['’]s\b", ""),
    (r"\bnon-(?=\w)", "non"),
    (r"\bno longer\b|\bnot any ?more\b", "not"),
]
POLITE = (
    r"^(?:hi|hello|hey|dear|good (?:morning|afternoon|evening|day))\b.{0,60}$|^(?:many |much )?thank(?:s"
    r"| you)\b.{0,90}$"
    r"|^(?:we(?:'re| are)|i(?:'m| am)) (?:(?:so|very|really|truly|terribly) )*(?:sorry|glad|happy|pleased"
    r"|delighted|thrilled|grateful)\b.{0,90}$"
    r"|^(?:so |very |really )?(?:sorry|glad|happy|pleased)\b.{0,80}$|^(?:please )?(?:accept )?(?:our"
    r"|my) apologies\b.{0,60}$"
    r"|^(?:we|i)(?: do|'d)? (?:apologi[sz]e|hope|understand|appreciate|wish|look forward|would love)\b.{0,90}$"
    r"|^(?:have|enjoy) (?:a|an|your|the)\b.{0,50}$|^(?:kind|best|warm|many|with|yours|all the best|cheers"
    r"|take care|see you)\b.{0,50}$"
    r"|^(?:please |just |do |feel free to )*(?:let (?:us|me) know|get in touch|write (?:to )?(?:us|me)|reply"
    r"|contact us|ask)\b.{0,80}$"
    r"|^(?:if you have (?:any )?(?:other |more |further )?questions?)\b.{0,80}$|^(?:welcome|you(?:'re"
    r"| are) welcome|no problem|of course|certainly|congratulations)\b.{0,50}$"
    r"|^that (?:must|sounds|is good|is great)\b.{0,60}$|^(?:what a|how) (?:lovely|nice|kind|wonderful|annoying"
    r"|sad)\b.{0,60}$"
)
WE = "we us our i me my"
YOU = "you your"

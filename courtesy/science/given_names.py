"""Given names that are common in Europe, to know one that is written small or stands first; gathered for this project.

Not every name is here, and none needs to be: a name with a capital letter inside a sentence is refused without a list
(`giveaways.py`). Names that are words as well count as names only where a name could stand. Left out are names that
would stop more good sentences than people ("till", "will"): those are found by their capital letter.
"""

_ALSO_WORDS = """
aimé al amber angel anémone april art ash august autumn azucena basil begoña bill blanca bo bob brook bryony buddy
bunny camellia capucine cerise charity chase chip christian clair claire clement cliff clover consuelo coral cruz
crystal daisy dale dawn dean dolores dominique drew duke désirée earl ed erika ernst eve faith fern fleur flora
florent forest fortune frank gene ginger glen grace grant guy harmony hazel heath heather heide holly honey hope
hortense iris ivy jacinta jack jade jasmin jasmine jay jo joy june junior juste kay kit laurel lee lily linden luz
margarita margaux marguerite marine mark max may melody mercedes modeste narciso océane olive olivia pat patience
paz pearl penny pepper peter pilar poppy prudence prune rainer ray remedios rich river rob roman rosa rosario rose
rosemary rowan ruby sage sam skip skye sol star sue summer sunny teddy victor viola violet violette will wolf
églantine
"""
ALSO_WORDS = frozenset(_ALSO_WORDS.split())

_GIVEN_NAMES = """
aaron abby abigail adam adele adrian agnes agnieszka aidan aisha alan albert alex alexander alexandra alexis alfie
alfred alice alicia alison amanda amara amelia amina amir amy ana anders andre andrea andreas andrew andy angela
angelika anil anita anja ann anna anne anneliese annette annika anthony anton antonia antonio aoife archie arjun
arthur asha astrid audrey axel ayse barbara bastian beate beatrice beatrix ben benedikt benjamin bernadette bernard
bernd bert bettina betty bianca birgit bjorn björn bogdan bradley brenda brian bridget brigitte bruno callum camille
carina carl carla carlos carmen carol carola caroline carsten catherine cecile cedric celia celine charles charlie
charlotte chiara chidi chloe chloé chris christa christel christina christine christoph christophe christopher
ciaran claudia claus colin connor conrad cora corinna craig cristina cynthia cécile cédric céline dagmar daniel
daniela danny darren david deborah declan deepa denis denise dennis derek detlef diana diane diego dieter dietmar
dirk dmitri donald donna dora doreen doris dorothea dorothy douglas dragan duncan edgar edith eduardo edward edwin
eileen elaine eleanor elena eleonore eli elias elisa elisabeth elizabeth elke ella ellen elliot eloise elsa elsbeth
emeka emil emilia emilie emilio emily emma emmanuel enrique enzo eric erich erik ernest esther ethan eugene eugénie
eva evelyn ewa fabian fabienne fatima fatma federico felicity felipe felix ferdinand fernando finn fiona florence
florian franca frances francesca francisco franco franz françois françoise frauke fred freddie frederick frederik
freya frida frieda friedrich fritz gabriel gabriela gabriele gareth gary gavin geoffrey georg george georges gerald
gerard gerda gerhard gertrud giovanni gisela gloria gonzalo goran gordon graham greta guido guillaume gunther gustav
gérard günter günther hamish hanna hannah hannelore hannes hans harald harold harriet harry haruki hassan heidi
heike heiko heiner heinrich heinz helen helena helene helga helmut hendrik henri henrik henry herbert hermann hilda
hilde hildegard hiroshi horst howard hubert hugh hugo hussein hélène ibrahim ida ignacio ilse imogen ines inga inge
ingeborg ingo ingrid ioana irene irina irmgard isaac isabel isabella isabelle isla ismail ivana jacob jacques
jadwiga jake jakob james jamie jan jana jane janet janice jasper javier jean jeanette jeanne jeff jeffrey jelena
jennifer jenny jens jeremy jessica jill jim joachim joan joanna joanne jochen joel johan johann johanna johannes
john jonas jonathan jordan jorge josef joseph josephine joshua josie josé juan juana judith jules julia julian
juliane julie julien juliette julius jutta jörg jürgen kai karen karim karin karl karla karoline karsten kasper
katarina katarzyna kate katharina katherine kathleen kathrin katie katja katrin keith kelly kenji kenneth kerstin
kevin kieran kirsten klara klaus kofi konrad kristin kristina krzysztof kurt kwame kyle lara lars laszlo laura
lauren laurence laurent layla lea leah leila lena lennart leo leon leonard leonie leonora leroy leticia lewis liam
lidia lina linda linus lisa lisbeth lise lola lotta lotte louis louisa louise luca lucas lucia lucie lucien lucy
lucía ludwig luis luisa luise lukas luke lutz lydia lynn léa léo madeleine maeve magdalena maggie maike maja malcolm
malgorzata malik manfred manon manuel manuela marc marcel marco marcus marek margaret margarete margit margot maria
marianne marie marija marina mario marion marius marjorie markus marlene marta martha martin martina marvin mary
maría mathieu mathilde mathis matilda matteo matthew matthias maureen maurice maëlle mehmet mei meike mia michael
michaela michel michelle miguel mike mila milan milena milo mina mira miriam mohamed mohammed monica monika monique
moritz muriel mustafa myriam nadia nadine nancy naomi natalia natalie natasha nathalie nathan neele neil nele nell
nelly ngozi niall niamh nicholas nick nico nicolas nicole nigel niklas nils nina noah noelle nora norbert nuria
odette olga oliver olivier omar oscar oskar oswald otto owen pablo pamela paolo pascal patricia patrick paul paula
pauline pavel pedro percy petra philip philipp philippe phoebe phyllis pierre piotr pip priya quentin rachel radu
rafael ralf ralph ramon ramona raphael rashid raul ravi raúl rebecca reggie regina reginald regine reinhard renate
rené renée rhys ricarda ricardo richard rita robert roberta roberto rocío rodrigo roger roland rolf ronald ronja
roswitha rowena roy rudi rudolf rupert russell ruth ryan sabine sabrina sally salma samantha samir samuel sandra
sandrine sanjay saoirse sara sarah saskia sean sebastian selina sergei sergio shanice sharon sheila shirley sibylle
sigrid silke silvia silvio simon simone siobhan sofia solveig sonja sophia sophie stefan stefanie stella stephan
stephanie stephen steve steven stuart sunniva susan susana susann susanna susanne suzanne svea sven svetlana sybille
sylvia sylvie tamara tanja tara tatiana tatjana teresa tessa theo theodor theresa thomas thorsten théo thérèse tilda
tim timo timothy tina tobias tom tomasz tomás toni torben torsten tracy trevor trudi ulrich ulrike ursula uta ute
uwe valentin valentina valerie valérie vanessa vera verena veronica veronika veronique vicky victoria viktor vincent
virginia vivian vivienne volker véronique walter waltraud wanda wendy werner wiebke wilfried wilhelm wilhelmina
william wilma winifred wolfgang xavier yannick yasmin yasmine yolanda yuki yusuf yvette yvonne zachary zainab zoe
zoran zoé zuzanna élise
"""
GIVEN_NAMES = frozenset(_GIVEN_NAMES.split())

"""English signs."""

from courtesy.science.signs import NEVER, Act, Rules

_OUR = r"(?:a|an|any|the|my|our|your|this|that|these|those)"
_THINGS = r"(?:order|orders|item|items|product|products|parcel|package|booking|subscription|purchase|it|them|that|this)"
_ANY = rf"(?:(?:{_OUR}|for you|you|me|us|it|them|that|anyone) ){{0,2}}(?:(?:whole|full|order|orders|item|plant) )?"
_WE = r"(?:i|we)(?: ?'d| would| want| wish| hope| plan| am| ?'m| are| ?'re| have been| ?'ve been| can| could| may)"
_WISH = rf"(?:{_WE}(?: \w+){{0,4}}|how (?:can|do|could) (?:i|we)|interested in|looking to|can i|may i)"

RULES = Rules(
    acts={
        "cancel": Act(r"cancel", r"cancel+ing", r"cancel+ed", r"cancel+ations?", bare=True),
        "return": Act(
            r"(?:return|send (?:it|this|them|that|anything|the \w+) back)",
            r"(?:returning|sending (?:it|this|them|that|anything) back)",
            r"(?:returned(?! (?:home|from|to work))|sent (?:(?:it|this|them|that|everything|the \w+) )?back)",
            r"returns?",
        ),
        "refund": Act(
            r"(?:refund|reimburse)",
            r"(?:refunding|reimbursing)",
            r"(?:refunded|reimbursed)",
            r"(?:refunds?|money back)",
        ),
        "exchange": Act(
            r"(?:exchange|replace|swap)",
            r"(?:exchanging|replacing|swapping)",
            r"(?:exchanged|replaced|swapped)",
            r"(?:exchange|replacement|swap)s?",
        ),
        "delete": Act(
            r"(?:delete|erase|close)(?= (?:my|our|the|this)\b)",
            r"(?:deleting|erasing|closing)(?= (?:my|our|the|this)\b)",
            NEVER,
            r"(?:deletion|erasure)",
        ),
        "change": Act(
            r"(?:change|modify|amend)",
            r"(?:changing|modifying|amending)",
            r"(?:changed(?! (?:my|our) minds?)|modified|amended)",
            r"(?:changes?|modifications?)",
        ),
        "call": Act(r"(?:call|phone|ring)(?: me| us| back)", r"calling", NEVER, r"(?:call|callback|phone call)s?"),
        "order": Act(
            r"(?:(?<!the )(?<!my )(?<!your )(?<!this )(?<!an )order|buy|purchase|place an order)",
            r"(?:ordering|buying|purchasing|placing an order)",
            NEVER,
            NEVER,
        ),
    },
    unwanted=(
        r"(?:please )?(?:do not|don'?t|never)(?: please| just| you)? {verb}\b",
        rf"(?:not|don'?t|didn'?t|won'?t|wouldn'?t|no longer|never)(?: (?:really|actually|even|yet))? (?:want(?:ed)?"
        rf"|wish(?:ed)?|like|need(?:ed)?|mean|meant|intend(?:ed)?|going|plan(?:ning)?|ask(?:ed|ing)?|request(?:ed"
        rf"|ing)?|trying|looking|here|interested|after|about)(?: in)?(?: (?:to"
        rf"|for))? ?{_ANY}(?:(?:to )?(?:be )?)(?:{{verb}}|{{doing}}|{{done}}|{{noun}})\b",
        r"no {bare}(?=\s*(?:[.!,;]|$|please|needed|necessary|wanted|required|thanks|thank you|for (?:my|the|this)"
        r"|of (?:my|the|this)|from))",
        r"no (?:{noun}) (?:please|needed|necessary|wanted|required|thanks|thank you|is (?:needed|necessary))",
        r"no (?:need|reason|wish|intention) (?:to|for|of) (?:(?:a|the|you to) )*(?:{verb}|{doing}|{noun})\b",
        r"without (?:having to )?(?:{doing}|{verb})",
        r"(?:rather|prefer|instead|like|want|could|please)\b[^.?!]{0,40}\b(?:than|instead of|rather than|over"
        r"|not) (?:(?:a|the|my|to|get|being|having|have) ){0,3}(?:{verb}|{doing}|{noun}|{done})\b",
        r"(?:undo|reverse|revoke|withdraw|take back|stop|ignore|disregard|reinstate|cancel) (?:the|my|this|that"
        r"|our)(?: (?!and\b|or\b)\w+)? ?(?:{noun})\b",
        r"changed (?:my|our) minds? about (?:the )?(?:{doing}|{noun})",
        r"(?:isn'?t|is not|not) (?:an?|about (?:an? |the )?) ?(?:{noun}|{doing})\b",
    ),
    happened=(
        r"(?:is|was|are|were|been|got|gets|'s)(?: (?:already|automatically|suddenly|just|now|all|also|then|since"
        r"|wrongly|fully|being))* {done}\b",
        r"(?:you|they|someone|somebody|the (?:shop|system|website|store|app|seller|bank)|your (?:shop|system|website"
        r"|store|team|colleague))(?: (?:have|had|has|just|already|then|went and|guys|people))*(?:'ve)? {done}\b",
        r"(?:i|we)(?: ?'ve| ?'d| have| had)?(?: (?:already|just|also|now|since|then|even))* {done}\b",
    ),
    whether=(
        r"(?:has|have|is|was|were|did) (?:(?:my|the|this|that|our|it|you|they|anyone)\b ?)(?:(?!not\b"
        r"|never\b)\w+ ){0,3}?(?:been )?(?:already )?{done}\b",
    ),
    hypothetical=r"\b(?:if|when|unless|in case|until|once|before|whenever|should|would|will|can|could|to|want|like"
    r"|please|wish|need|how|not|never|n't|get)\b",
    only_if=r"\b(?:if|when|whether|unless|who|how long|how many|within|in case|before|after|without)\b",
    why=r"\b(?:why|when|how)$",
    complaint=r"\b(?:why|you|they|he|she|people|who|still|got|received|receive|have|has|there|says?|get|gave|offered"
    r"|refuse[ds]?|if)$",
    roles={
        "resells": (
            r"\bfranchis(?:e|es|ee|ing)\b",
            rf"{_WISH} (?:to )?(?:open(?:ing)?|start(?:ing)?|set(?:ting)? up|run(?:ning)?|launch(?:ing)?) (?:(?:up|a"
            rf"|an|your|my|our|one|own|new|of|first|\w+) ){{0,4}}(?:store|stores|shop|shops|outlet|outlets|branch"
            rf"|branches|showroom|dealership)\b",
            r"\b(?:become|becoming|be|being|as) (?:(?:a|an|your|one|of|the|official|authori[sz]ed|exclusive|local"
            r"|regional|sole|\w+) ){0,3}(?:distributors?|dealers?|re-?sellers?|stockists?|franchisees?"
            r"|retail partner)\b",
            r"\b(?:become|became|be|associated? as|enroll?(?: \w+){0,3} as|register(?: \w+)? as) (?:(?:a|an|the"
            r"|your) )?(?:sell(?:er|ing) partner|seller)s?\b",
            r"\b(?:distributorship|dealership|stockist)s?\b",
            r"\b(?:sell(?:ing)?|stock(?:ing)?|carry(?:ing)?|distribut(?:e|ing)|resell(?:ing)?) (?:your"
            r"|some of your)(?: \w+){1,3} (?:in|at|on|through|from|to) (?:my|our)\b",
            r"\b(?:wholesale|trade) (?:account|prices?|pricing|terms|enquiry|inquiry|conditions|catalogue|list)\b",
            r"\bresell(?:ing)? (?:your|them|it)\b",
        ),
        "supplies": (
            r"\b(?:we|i)(?: are| am| ?'re| ?'m)(?: (?!not\b)[\w-]+){0,6} (?:manufacturers?|suppliers?|producers?"
            r"|exporters?|wholesalers?|agency|factory)\b",
            r"\b(?:sell|supply|offer|provide|present|introduce|show)(?:ing)? (?:to )?(?:you|your (?:shop|store"
            r"|company|business|team))(?: with)? (?:our|my) (?!money|order)\w+",
            r"\b(?:want|like|hope|wish|love|able|happy) to (?:sell|supply)(?: \w+){0,5} to (?:you|your (?:shop|store"
            r"|company))\b",
            r"\b(?:want|like|hope|wish|love) to (?:supply (?:you|your)|sell (?:you|(?:my|our)(?: \w+){1,4} (?:in|on"
            r"|at|through|to) your?))\b",
            r"\b(?:become|be) (?:(?:a|your|one|of|new|\w+) ){0,3}(?:suppliers?|vendors?)\b",
            r"\b(?:guest post|back-?links?|sponsored (?:post|article|link)|seo (?:services?|agency|audit|expert)"
            r"|first page of google|traffic to your (?:site|website|shop)|redesign your (?:site|website))\b",
            r"\bour (?:catalogue|price list|range|products?) (?:for|to) your (?:shop|store|customers)\b",
        ),
        "applies": (
            r"\b(?:apply|applying|application)\b(?: \w+){0,3}? (?:job|position|role|vacancy|post|internship"
            r"|apprenticeship|work|traineeship)\b",
            r"\b(?:job|work) (?:openings?|vacanc(?:y|ies)|applications?|opportunit(?:y|ies))\b",
            r"\b(?:are you|you are|you're|you) (?:currently |still )?(?:hiring|recruiting)\b",
            r"\b(?:any|your|the) (?:job|vacanc(?:y|ies)|open positions?)\b(?! done)",
            r"\battached\b[^.?!]{0,40}\bcv\b|\bcv\b[^.?!]{0,20}\battached\b|\bapplication (?:as|for work)\b",
            r"\b(?:my|attached) (?:cv|résumé|resume|curriculum vitae)\b",
            r"\b(?:want|like|love|hope) to work (?:for|with|at|in) (?:you|your)\b",
            r"\b(?:internship|apprenticeship|traineeship|work experience|saturday job|summer job|part-?time job)s?\b",
        ),
        "reports": (
            r"\b(?:i am|i'm|we are|as) (?:an? )?(?:\w+ ){0,2}(?:journalist|reporter|blogger|influencer|youtuber"
            r"|film ?maker|photographer from)\b",
            r"\b(?:writing|preparing|doing|researching) (?:an?|the|our|my) (?:\w+ ){0,2}(?:article|piece|story"
            r"|feature|report|documentary|thesis|study)\b",
            r"\bpress (?:kit|release|enquiry|inquiry|contact|pass|photos?|office|request)\b",
            r"\binterview(?:ing)? (?:you|someone|somebody|your|the owner|one of)\b|\ban interview\b",
            r"\b(?:for|on) (?:my|our) (?:podcast|blog|channel|radio show|magazine|newspaper)\b",
            r"\bcollaborat(?:e|ion) (?:with|between|on)\b|\bcollab\b",
        ),
    },
)

"""What customers of a small shop write about: a starter list, each topic with three examples of our own.

The names are shown to colleagues and customers, so they read as the end of a sentence: "this is about a refund".
"""

from typing import Final

TOPICS: Final[dict[str, tuple[str, str, str]]] = {
    "a parcel on its way": (
        "Where is my parcel? It should have been here on Monday.",
        "The tracking page has not moved for three days.",
        "Has my order left your shop yet?",
    ),
    "delivery times and costs": (
        "How long does delivery usually take?",
        "What do you charge for postage?",
        "Would it arrive before the weekend if I order today?",
    ),
    "shipping abroad": (
        "Do you send things to Norway?",
        "Will I have to pay customs outside the country?",
        "Can you ship overseas, and with which carrier?",
    ),
    "sending something back": (
        "How can I return this? It does not suit me.",
        "How many days do I have to send something back?",
        "Who pays the postage for a return?",
    ),
    "a refund": (
        "When will I get my money back?",
        "I sent it back two weeks ago and nothing was refunded.",
        "Please give me my money back.",
    ),
    "something damaged": (
        "It arrived broken, the side is cracked.",
        "The box was crushed and half of it had spilled.",
        "One piece has a chip, what can we do?",
    ),
    "a wrong or missing item": (
        "I received something I did not order.",
        "One of the three things is missing from the box.",
        "You sent the blue one and I had asked for green.",
    ),
    "changing or canceling an order": (
        "Can I still change my order?",
        "Please cancel the order I placed this morning.",
        "I gave the wrong address, could you correct it?",
    ),
    "paying": (
        "My card was refused at the till page.",
        "Can I pay by bank transfer?",
        "I think I was charged twice.",
    ),
    "an invoice": (
        "Could you send me an invoice with our company's name?",
        "I need a receipt for my taxes.",
        "The VAT number is missing on the bill.",
    ),
    "prices and vouchers": (
        "My voucher code does not work.",
        "Is there a discount for a larger amount?",
        "Do you have a sale soon?",
    ),
    "a gift": (
        "It is a present, can you wrap it?",
        "Could you put a handwritten card in the box?",
        "Do you sell gift cards?",
    ),
    "what is in stock": (
        "When will it be available again?",
        "Is the large one still in stock?",
        "Will you make more of these this year?",
    ),
    "advice before buying": (
        "Which one would you recommend for a beginner?",
        "What is the difference between these two?",
        "Does this one fit with what I already have?",
    ),
    "care and use": (
        "How do I clean it without spoiling it?",
        "What is the best way to store it?",
        "Can it go into the dishwasher?",
    ),
    "what something is made of": (
        "Does it contain nuts or gluten?",
        "Where do the materials come from?",
        "How big is it, and how heavy?",
    ),
    "a repair or guarantee": (
        "It stopped working after a month, is there a guarantee?",
        "Can you repair it or send a spare part?",
        "The handle came loose, could it be mended?",
    ),
    "opening hours or the way here": (
        "Are you open on Saturday afternoon?",
        "Where can I park near your shop?",
        "Can I come by and pick it up myself?",
    ),
    "a booking or workshop": (
        "I would like to book two places on the course.",
        "Can I move my appointment to next week?",
        "Do you still have a table or a place free on Friday?",
    ),
    "an account or personal data": (
        "I cannot get into my account.",
        "Please delete what you have stored about me.",
        "Take me off your mailing list.",
    ),
    "selling together": (
        "We run a café, do you have wholesale prices?",
        "Would you supply our shop with your things?",
        "I write about crafts, could we work together?",
    ),
    "thanks": (
        "Thank you, it is lovely.",
        "I just wanted to say how happy we are with it.",
        "Everything came quickly and in good shape, many thanks.",
    ),
}

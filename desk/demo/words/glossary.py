"""The office's glossary: term, in full, in plain words."""

GLOSSARY = (
    (
        "ACPO",
        "Association of Chief Police Officers",
        "The chief officers' body until 2015; some definitions keep its name.",
    ),
    ("ASB", "anti-social behaviour", "Conduct that causes harassment, alarm or distress without always being a crime."),
    ("CCG", "clinical commissioning group", "The body of family doctors that plans and buys health care for an area."),
    (
        "CIVU",
        "Crime and Incident Validation Unit",
        "The force's team that reads every crime and checks how it was recorded.",
    ),
    ("CPS", "Crown Prosecution Service", "It decides on charges in serious cases and brings prosecutions to court."),
    (
        "cracked trial",
        "",
        "A trial that does not go ahead on its day and needs no new one, often after a late guilty plea.",
    ),
    ("CRIB", "Crime and Incident Bureau", "The force's office that answers calls to 101 and records crimes."),
    (
        "CSE",
        "child sexual exploitation",
        "Abuse in which a child is brought to sexual acts by something given or promised.",
    ),
    ("DA", "domestic abuse", "Controlling, violent or threatening conduct between partners or within a family."),
    ("DIU", "Digital Investigation Unit", "The force's team for crimes that depend on computers and telephones."),
    ("FIM", "Force Investigation Model", "How the force decides who investigates what, and with what means."),
    ("FRS", "fire and rescue service", ""),
    (
        "KSI",
        "killed or seriously injured",
        "Collisions on the road after which somebody died or had to stay in hospital.",
    ),
    (
        "MARAC",
        "Multi-Agency Risk Assessment Conference",
        "A meeting that plans the safety of those most at risk of domestic abuse.",
    ),
    (
        "OPCC",
        "Office of the Police and Crime Commissioner",
        "The people who work for the commissioner, apart from the police.",
    ),
    ("RASSO", "rape and serious sexual offences", ""),
    (
        "ROCU",
        "regional organised crime unit",
        "Detectives of several forces who work together against organised crime.",
    ),
    (
        "VACS",
        "Vulnerable Adolescents Contextual Safeguarding Panel",
        "It looks after young people at risk outside their families.",
    ),
)

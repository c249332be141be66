"""Who the office deals with, by role alone: nobody in the demonstration has a name of their own."""

FORCE = "Barsetshire Police"
COUNCIL = "Barsetshire Council"
CITY = "Barchester City Council"
OFFICE = "Office of the Police and Crime Commissioner"

# role -> organisation. Those with an account of the demonstration are made with it and are not repeated here.
PEOPLE: dict[str, str] = {
    "Chief Constable": FORCE,
    "Deputy Chief Constable": FORCE,
    "Assistant Chief Constable (Operations)": FORCE,
    "Assistant Chief Constable (Crime and Vulnerability)": FORCE,
    "Superintendent, Head of Geographical Crime": FORCE,
    "Superintendent, Prevention and Partnerships": FORCE,
    "Detective Superintendent, Public Protection": FORCE,
    "Detective Superintendent, Serious Crime": FORCE,
    "Detective Inspector, Missing People": FORCE,
    "Detective Chief Inspector, Cyber Crime": FORCE,
    "Director of People and Change": FORCE,
    "Head of Criminal Justice": FORCE,
    "Head of Professional Standards": FORCE,
    "Continuous Improvement Manager": FORCE,
    "OPCC Chief Executive": OFFICE,
    "OPCC Chief Finance Officer": OFFICE,
    "OPCC Head of Commissioning": OFFICE,
    "OPCC Head of Communications": OFFICE,
    "Director of Adult Services": COUNCIL,
    "Head of Community Safety, county": COUNCIL,
    "Head of Community Safety, city": CITY,
    "Director of Children's Services": CITY,
    "Chief Crown Prosecutor": "Crown Prosecution Service",
    "Deputy Chief Crown Prosecutor": "Crown Prosecution Service",
    "Head of Crisis Services": "Barsetshire Mental Health Trust",
    "Director of Commissioning": "Barsetshire Clinical Commissioning Group",
    "Area Manager, Prevention": "Barsetshire Fire and Rescue Service",
    "Chair of the Panel": "Barsetshire Police and Crime Panel",
    "Vice-Chair of the Panel": "Barsetshire Police and Crime Panel",
    "Independent Member of the Panel": "Barsetshire Police and Crime Panel",
    "Independent Chair of the Audit Committee": "Joint Independent Audit Committee",
}

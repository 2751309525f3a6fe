/* See words.h. */
#include "seed/words.h"

/* clang-format off */
static const char *const first_names[] = {
    "Ada", "Adam", "Agnes", "Aiden", "Alan", "Albert", "Alba", "Alex", "Alfred", "Alice",
    "Alma", "Amber", "Amelia", "Amir", "Amy", "Ana", "Andre", "Andrew", "Angela", "Anita",
    "Anna", "Anton", "April", "Ariel", "Arthur", "Asha", "Astrid", "Aurora", "Axel", "Bea",
    "Ben", "Bernard", "Beth", "Bianca", "Boris", "Brenda", "Brian", "Bruno", "Camila", "Carl",
    "Carla", "Carmen", "Cecil", "Chen", "Chiara", "Chloe", "Clara", "Claude", "Cleo", "Colin",
    "Cora", "Cyril", "Daisy", "Dana", "Daniel", "Daphne", "Dario", "David", "Dean", "Deborah",
    "Della", "Diana", "Diego", "Dina", "Dominic", "Dora", "Doris", "Dylan", "Edgar", "Edith",
    "Edna", "Edward", "Elena", "Eli", "Elias", "Elin", "Elisa", "Ella", "Ellen", "Elliot",
    "Elsa", "Emil", "Emily", "Emma", "Enzo", "Eric", "Erika", "Erin", "Ernest", "Esme",
    "Esther", "Ethan", "Eva", "Evan", "Evelyn", "Fabio", "Farah", "Fatima", "Felix", "Fiona",
    "Flora", "Florence", "Frances", "Frank", "Freya", "Gabriel", "Gemma", "George", "Gia",
    "Gina", "Giles", "Gloria", "Grace", "Greta", "Guy", "Hana", "Hanna", "Harold", "Harriet",
    "Harry", "Hazel", "Hector", "Heidi", "Helen", "Henry", "Hilda", "Hugo", "Ian", "Ida",
    "Igor", "Ilse", "Imani", "Ines", "Ingrid", "Ira", "Irene", "Iris", "Isaac", "Isabel",
    "Ivan", "Ivy", "Jack", "Jacob", "Jade", "James", "Jana", "Jane", "Jasmin", "Jasper", "Jean",
    "Jenna", "Joan", "Joel", "Johan", "John", "Jonas", "Jordan", "Joseph", "Josie", "Juan",
    "Judith", "Julia", "Julian", "June", "Kai", "Karen", "Karim", "Karl", "Kate", "Keira",
    "Ken", "Kira", "Klara", "Kofi", "Kurt", "Lara", "Laura", "Lea", "Leah", "Leila", "Lena",
    "Leo", "Leon", "Lewis", "Lidia", "Lily", "Linda", "Linus", "Lisa", "Livia", "Logan", "Lola",
    "Louis", "Lucas", "Lucy", "Luis", "Luna", "Lydia", "Mabel", "Mae", "Maia", "Malik",
    "Manuel", "Mara", "Marcel", "Marco", "Margo", "Maria", "Marina", "Mario", "Mark", "Marta",
    "Martin", "Mary", "Matilda", "Matteo", "Maud", "Max", "Maya", "Megan", "Mei", "Mia", "Mila",
    "Milan", "Milo", "Mina", "Miriam", "Mona", "Morgan", "Moses", "Nadia", "Naomi", "Nathan",
    "Neil", "Nell", "Nico", "Nina", "Noah", "Noel", "Nora", "Norman", "Olaf", "Olga", "Oliver",
    "Olivia", "Omar", "Oscar", "Otto", "Owen", "Pablo", "Paloma", "Pamela", "Paul", "Paula",
    "Pearl", "Pedro", "Penny", "Percy", "Peter", "Petra", "Philip", "Pia", "Piper", "Priya",
    "Quentin", "Rachel", "Rafael", "Ralph", "Ramon", "Rana", "Raoul", "Ray", "Rebecca", "Reed",
    "Rex", "Rhea", "Rita", "Robert", "Robin", "Rosa", "Rose", "Rowan", "Ruby", "Rufus", "Ruth",
    "Ryan", "Sally", "Salma", "Sam", "Samira", "Sandra", "Sara", "Saul", "Selma", "Seth",
    "Shirin", "Sigrid", "Silas", "Simon", "Sofia", "Sonia", "Stefan", "Stella", "Sven",
    "Sylvia", "Tamar", "Tania", "Tara", "Ted", "Teo", "Teresa", "Tess", "Theo", "Thomas",
    "Tilda", "Tim", "Tina", "Tobias", "Tom", "Tyra", "Uma", "Una", "Ursula", "Uri", "Valerie",
    "Vera", "Victor", "Viggo", "Viola", "Vivian", "Wade", "Walter", "Wanda", "Wendy", "Will",
    "Wilma", "Xavier", "Yara", "Yasmin", "Yuki", "Yusuf", "Yvonne", "Zane", "Zara", "Zelda",
    "Zoe",
};
const vgs_words vgs_first_names = {
    first_names, sizeof first_names / sizeof *first_names, 8};

static const char *const last_names[] = {
    "Abbott", "Acker", "Adler", "Ahmed", "Aldana", "Allard", "Almeida", "Alvarez", "Ames",
    "Amsel", "Anders", "Archer", "Arden", "Arnold", "Ashby", "Aston", "Atkins", "Avery",
    "Bacher", "Bailey", "Baker", "Balint", "Banner", "Barlow", "Barnes", "Barros", "Barton",
    "Basset", "Bauer", "Baxter", "Beck", "Becker", "Bell", "Benson", "Berg", "Berger", "Bishop",
    "Blake", "Blanc", "Boone", "Booth", "Borg", "Bosch", "Bowen", "Boyd", "Brandt", "Braun",
    "Bridges", "Brooks", "Bruce", "Bruhn", "Bryant", "Burke", "Burns", "Busch", "Butler",
    "Byrne", "Caldwell", "Campos", "Cardoso", "Carey", "Carter", "Castro", "Chandra", "Chang",
    "Chapman", "Cho", "Clark", "Clarke", "Clement", "Cohen", "Cole", "Collins", "Conrad",
    "Cooper", "Cortez", "Costa", "Craig", "Crane", "Cross", "Cruz", "Curtis", "Dahl", "Dalton",
    "Danner", "Darcy", "Davis", "Dawson", "Decker", "Delgado", "Dennis", "Dias", "Diaz",
    "Dietz", "Dixon", "Doyle", "Drake", "Dubois", "Dunn", "Duran", "Dyer", "Eaton", "Ebert",
    "Eckert", "Egan", "Elliott", "Ellis", "Engel", "Erler", "Evans", "Ewing", "Falk", "Farrell",
    "Faust", "Fields", "Finch", "Fischer", "Fisher", "Fletcher", "Flores", "Flynn", "Forbes",
    "Ford", "Forster", "Foster", "Fowler", "Fox", "Franke", "Fraser", "Frey", "Frost", "Fuchs",
    "Fuller", "Gallo", "Garcia", "Garner", "Garrett", "Geller", "Gibbs", "Gibson", "Gilbert",
    "Glass", "Goetz", "Gomez", "Goodwin", "Gordon", "Graham", "Grant", "Graves", "Gray",
    "Greene", "Gross", "Gruber", "Guerra", "Gupta", "Haas", "Hahn", "Hale", "Hall", "Hamada",
    "Hansen", "Hardy", "Harper", "Harris", "Hart", "Hayes", "Heath", "Hein", "Heller", "Henke",
    "Herrera", "Hess", "Hicks", "Hill", "Hirsch", "Hobbs", "Hoffmann", "Holm", "Holt",
    "Hopkins", "Horn", "Horvath", "Howard", "Huang", "Huber", "Hudson", "Hughes", "Hunt",
    "Ibrahim", "Ingram", "Irwin", "Ivanov", "Jacobs", "Jansen", "Jarvis", "Jensen", "Johns",
    "Jones", "Jordan", "Joshi", "Kaiser", "Kamara", "Kane", "Kaufmann", "Keller", "Kelly",
    "Kemp", "Kern", "Khan", "Kim", "King", "Kirby", "Klein", "Knight", "Koch", "Kohler",
    "Kowalski", "Kraft", "Kramer", "Krause", "Kruger", "Kumar", "Lambert", "Lang", "Larsen",
    "Lawson", "Lee", "Lehmann", "Leitner", "Lewis", "Lind", "Lindgren", "Lloyd", "Logan",
    "Lopez", "Lorenz", "Lowe", "Lucas", "Lund", "Lynch", "Madsen", "Maier", "Mann", "Marin",
    "Marsh", "Martens", "Mason", "Mayer", "Medina", "Meier", "Mendes", "Mercer", "Meyer",
    "Miller", "Mills", "Molina", "Moore", "Morales", "Moreau", "Morgan", "Morris", "Moser",
    "Moss", "Mueller", "Munro", "Murphy", "Nagy", "Nash", "Navarro", "Nelson", "Neumann",
    "Newton", "Nielsen", "Nolan", "Norris", "Novak", "Nowak", "Nunez", "Oakley", "Oliveira",
    "Olsen", "Ortega", "Osborne", "Otero", "Owens", "Page", "Palmer", "Park", "Parker", "Patel",
    "Payne", "Pearce", "Peck", "Penn", "Perez", "Perry", "Peters", "Petrov", "Pham", "Phillips",
    "Pierce", "Pohl", "Pope", "Porter", "Potter", "Powell", "Price", "Prieto", "Quinn", "Ramos",
    "Rao", "Rau", "Read", "Reeves", "Reid", "Reis", "Reuter", "Reyes", "Rhodes", "Richter",
    "Riley", "Ritter", "Rivera", "Robbins", "Rojas", "Romano", "Romero", "Rossi", "Roth",
    "Rowe", "Ruiz", "Russo", "Ryan", "Sala", "Salazar", "Sander", "Santos", "Sato", "Sauer",
    "Savage", "Schmidt", "Schneider", "Schulz", "Scott", "Sharma", "Shaw", "Shea", "Silva",
    "Simon", "Singh", "Sloan", "Smith", "Snow", "Sommer", "Soto", "Sousa", "Spencer", "Stark",
    "Stein", "Stone", "Strand", "Suzuki", "Swan", "Tanaka", "Tanner", "Tate", "Taylor",
    "Thomas", "Thorn", "Torres", "Tran", "Trent", "Tucker", "Turner", "Vance", "Vargas", "Vega",
    "Vogel", "Voss", "Wagner", "Walker", "Walsh", "Ward", "Watts", "Weaver", "Weber", "Weiss",
    "Wells", "West", "White", "Wilde", "Winter", "Wolf", "Wong", "Wood", "Wright", "Yang",
    "Yates", "Young", "Zeller", "Ziegler", "Zimmer",
};
const vgs_words vgs_last_names = {
    last_names, sizeof last_names / sizeof *last_names, 9};

static const char *const countries[] = {
    "Albania", "Algeria", "Andorra", "Angola", "Argentina", "Armenia", "Australia", "Austria",
    "Bahrain", "Bangladesh", "Barbados", "Belgium", "Belize", "Benin", "Bhutan", "Bolivia",
    "Botswana", "Brazil", "Bulgaria", "Cambodia", "Cameroon", "Canada", "Chad", "Chile",
    "China", "Colombia", "Costa Rica", "Croatia", "Cuba", "Cyprus", "Denmark", "Ecuador",
    "Egypt", "Estonia", "Ethiopia", "Fiji", "Finland", "France", "Gabon", "Gambia", "Georgia",
    "Germany", "Ghana", "Greece", "Grenada", "Guatemala", "Guinea", "Guyana", "Haiti",
    "Honduras", "Hungary", "Iceland", "India", "Indonesia", "Ireland", "Israel", "Italy",
    "Jamaica", "Japan", "Jordan", "Kazakhstan", "Kenya", "Kuwait", "Laos", "Latvia", "Lebanon",
    "Lesotho", "Liberia", "Lithuania", "Luxembourg", "Madagascar", "Malawi", "Malaysia",
    "Maldives", "Mali", "Malta", "Mauritius", "Mexico", "Moldova", "Monaco", "Mongolia",
    "Montenegro", "Morocco", "Mozambique", "Namibia", "Nepal", "Netherlands", "New Zealand",
    "Nicaragua", "Niger", "Nigeria", "Norway", "Oman", "Pakistan", "Panama", "Paraguay", "Peru",
    "Philippines", "Poland", "Portugal", "Qatar", "Romania", "Rwanda", "Samoa", "Senegal",
    "Serbia", "Singapore", "Slovakia", "Slovenia", "South Africa", "South Korea", "Spain",
    "Sri Lanka", "Suriname", "Sweden", "Switzerland", "Tanzania", "Thailand", "Togo", "Tonga",
    "Tunisia", "Turkey", "Uganda", "Ukraine", "United Kingdom", "United States", "Uruguay",
    "Vietnam", "Zambia", "Zimbabwe",
};
const vgs_words vgs_countries = {
    countries, sizeof countries / sizeof *countries, 14};

static const char *const cities[] = {
    "Aarhus", "Accra", "Adelaide", "Amsterdam", "Ankara", "Antwerp", "Athens", "Atlanta",
    "Auckland", "Austin", "Baltimore", "Bangkok", "Barcelona", "Basel", "Beirut", "Belfast",
    "Belgrade", "Bergen", "Berlin", "Bern", "Bilbao", "Birmingham", "Bogota", "Bologna",
    "Bordeaux", "Boston", "Bratislava", "Bremen", "Brisbane", "Bristol", "Brno", "Brussels",
    "Bucharest", "Budapest", "Buffalo", "Cairo", "Calgary", "Cardiff", "Casablanca",
    "Charlotte", "Chicago", "Cincinnati", "Cleveland", "Cologne", "Columbus", "Copenhagen",
    "Cordoba", "Cork", "Dakar", "Dallas", "Delft", "Denver", "Detroit", "Dresden", "Dublin",
    "Durban", "Edinburgh", "Essen", "Florence", "Fortaleza", "Frankfurt", "Fukuoka", "Galway",
    "Gdansk", "Geneva", "Genoa", "Ghent", "Glasgow", "Granada", "Graz", "Grenoble", "Haifa",
    "Hamburg", "Hanoi", "Hanover", "Havana", "Helsinki", "Hobart", "Houston", "Innsbruck",
    "Istanbul", "Izmir", "Jakarta", "Kampala", "Katowice", "Kingston", "Kobe", "Krakow",
    "Kyoto", "Lagos", "Lausanne", "Leeds", "Leipzig", "Leuven", "Lille", "Lima", "Linz",
    "Lisbon", "Liverpool", "Ljubljana", "London", "Lublin", "Luxor", "Lyon", "Madrid", "Malaga",
    "Malmo", "Manchester", "Manila", "Marseille", "Medellin", "Melbourne", "Memphis", "Miami",
    "Milan", "Minsk", "Montreal", "Munich", "Nagoya", "Nairobi", "Nantes", "Naples",
    "Nashville", "Newcastle", "Nice", "Nottingham", "Odense", "Oporto", "Osaka", "Oslo",
    "Ottawa", "Oxford", "Padua", "Palermo", "Paris", "Perth", "Phoenix", "Pisa", "Portland",
    "Poznan", "Prague", "Quebec", "Quito", "Ravenna", "Reykjavik", "Riga", "Rome", "Rotterdam",
    "Salzburg", "Santiago", "Sapporo", "Seattle", "Seoul", "Seville", "Sheffield", "Siena",
    "Sofia", "Split", "Stockholm", "Stuttgart", "Sydney", "Tallinn", "Tampa", "Tartu", "Tokyo",
    "Toronto", "Toulouse", "Trieste", "Trondheim", "Tucson", "Tunis", "Turin", "Utrecht",
    "Valencia", "Vancouver", "Venice", "Verona", "Vienna", "Vilnius", "Warsaw", "Wellington",
    "Winnipeg", "Wroclaw", "Yokohama", "York", "Zagreb", "Zaragoza", "Zurich",
};
const vgs_words vgs_cities = {
    cities, sizeof cities / sizeof *cities, 10};

static const char *const states[] = {
    "Alabama", "Alaska", "Arizona", "Arkansas", "California", "Colorado", "Connecticut",
    "Delaware", "Florida", "Georgia", "Hawaii", "Idaho", "Illinois", "Indiana", "Iowa",
    "Kansas", "Kentucky", "Louisiana", "Maine", "Maryland", "Massachusetts", "Michigan",
    "Minnesota", "Mississippi", "Missouri", "Montana", "Nebraska", "Nevada", "New Hampshire",
    "New Jersey", "New Mexico", "New York", "North Carolina", "North Dakota", "Ohio",
    "Oklahoma", "Oregon", "Pennsylvania", "Rhode Island", "South Carolina", "South Dakota",
    "Tennessee", "Texas", "Utah", "Vermont", "Virginia", "Washington", "West Virginia",
    "Wisconsin", "Wyoming",
};
const vgs_words vgs_states = {
    states, sizeof states / sizeof *states, 14};

static const char *const jobs[] = {
    "Accountant", "Actuary", "Animator", "Archivist", "Art Director", "Auditor", "Baker",
    "Bank Clerk", "Barista", "Beekeeper", "Bookbinder", "Bookkeeper", "Bricklayer",
    "Bus Driver", "Carpenter", "Cartographer", "Chef", "Chemist", "Civil Engineer", "Cleaner",
    "Coach", "Composer", "Concierge", "Conductor", "Conservator", "Copywriter", "Courier",
    "Curator", "Dancer", "Data Analyst", "Data Engineer", "Database Administrator", "Dentist",
    "Designer", "Dispatcher", "Economist", "Editor", "Electrician", "Event Manager", "Farmer",
    "Financial Analyst", "Firefighter", "Florist", "Forester", "Gardener", "Geologist",
    "Glazier", "Graphic Designer", "Hairdresser", "Harbour Pilot", "Head Teacher", "Historian",
    "Illustrator", "Interpreter", "Janitor", "Jeweller", "Joiner", "Journalist", "Judge",
    "Lab Technician", "Landscape Architect", "Lawyer", "Lecturer", "Librarian", "Lifeguard",
    "Locksmith", "Logistics Planner", "Machinist", "Marketing Manager", "Mechanic",
    "Meteorologist", "Midwife", "Musician", "Network Engineer", "Notary", "Nurse",
    "Office Manager", "Optician", "Painter", "Paramedic", "Pharmacist", "Photographer",
    "Physicist", "Physiotherapist", "Pilot", "Plumber", "Postal Worker", "Potter", "Producer",
    "Product Manager", "Project Manager", "Proofreader", "Psychologist", "Purchasing Agent",
    "Quality Engineer", "Radiographer", "Receptionist", "Recruiter", "Research Assistant",
    "Roofer", "Sales Manager", "Seamstress", "Secretary", "Security Guard", "Shop Assistant",
    "Social Worker", "Software Developer", "Software Tester", "Sommelier", "Sound Engineer",
    "Statistician", "Stonemason", "Support Engineer", "Surgeon", "Surveyor",
    "System Administrator", "Tailor", "Teacher", "Technical Writer", "Tour Guide",
    "Train Driver", "Translator", "Travel Agent", "Tutor", "Typesetter", "Upholsterer",
    "Urban Planner", "Veterinarian", "Waiter", "Warden", "Watchmaker", "Web Developer",
    "Welder", "Zoologist",
};
const vgs_words vgs_jobs = {
    jobs, sizeof jobs / sizeof *jobs, 22};

static const char *const streets[] = {
    "Acorn", "Alder", "Almond", "Amber", "Anchor", "Apple", "Apricot", "Arbor", "Ash", "Aspen",
    "Bakers", "Bay", "Beacon", "Beech", "Bell", "Birch", "Blackbird", "Bluebell", "Bramble",
    "Bridge", "Brook", "Buttercup", "Canal", "Castle", "Cedar", "Chapel", "Cherry", "Chestnut",
    "Church", "Clover", "Cobble", "College", "Coopers", "Copper", "Cornflower", "Cottage",
    "Crescent", "Crown", "Cypress", "Daisy", "Dale", "Dove", "Eagle", "East", "Elder", "Elm",
    "Falcon", "Farm", "Fern", "Ferry", "Field", "Fir", "Forest", "Forge", "Foundry", "Fountain",
    "Fox", "Garden", "Garnet", "Gate", "Glen", "Granite", "Green", "Hamlet", "Harbour",
    "Harvest", "Hawthorn", "Hazel", "Heather", "Heron", "High", "Highland", "Hillside", "Holly",
    "Honeysuckle", "Ivy", "Jasmine", "Juniper", "Kestrel", "Kings", "Lake", "Larch", "Lark",
    "Laurel", "Lavender", "Library", "Lighthouse", "Lilac", "Lime", "Linden", "Long",
    "Magnolia", "Maple", "Market", "Marsh", "Meadow", "Mill", "Miller", "Mint", "Mulberry",
    "Museum", "North", "Nutmeg", "Oak", "Ocean", "Old", "Olive", "Orchard", "Otter", "Park",
    "Pear", "Pebble", "Pine", "Plum", "Pond", "Poplar", "Prairie", "Primrose", "Quarry",
    "Queens", "Railway", "Raven", "Reed", "Ridge", "River", "Robin", "Rose", "Rowan", "Saddle",
    "Sage", "School", "Shepherd", "Silver", "Skylark", "South", "Spring", "Spruce", "Station",
    "Stone", "Sunrise", "Swan", "Sycamore", "Temple", "Thistle", "Thyme", "Tower", "Valley",
    "Vine", "Violet", "Walnut", "Water", "Weavers", "West", "Wheat", "Willow", "Windmill",
    "Wood", "Wren", "Yew",
};
const vgs_words vgs_streets = {
    streets, sizeof streets / sizeof *streets, 11};

static const char *const street_kinds[] = {
    "Street", "Road", "Avenue", "Lane", "Way", "Drive", "Close", "Place", "Square", "Court",
    "Terrace", "Row",
};
const vgs_words vgs_street_kinds = {
    street_kinds, sizeof street_kinds / sizeof *street_kinds, 7};

static const char *const company_words[] = {
    "Alpine", "Anchor", "Arrow", "Atlas", "Aurora", "Autumn", "Azure", "Badger", "Bamboo",
    "Basalt", "Beacon", "Bison", "Blue", "Bolt", "Boreal", "Bright", "Bronze", "Candle",
    "Canyon", "Cedar", "Cinder", "Citrus", "Clear", "Cloud", "Cobalt", "Comet", "Compass",
    "Copper", "Coral", "Crane", "Crimson", "Crystal", "Delta", "Dune", "Eagle", "Ember",
    "Emerald", "Falcon", "Fern", "Fjord", "Flint", "Forge", "Garnet", "Glacier", "Golden",
    "Granite", "Grove", "Harbour", "Harvest", "Hazel", "Heron", "Horizon", "Indigo", "Iron",
    "Ivory", "Jade", "Juniper", "Kite", "Lantern", "Lark", "Lighthouse", "Linden", "Lotus",
    "Lunar", "Maple", "Marble", "Meadow", "Meridian", "Mint", "Mosaic", "Nimbus", "North",
    "Nova", "Oak", "Ocean", "Onyx", "Opal", "Orbit", "Orchard", "Osprey", "Otter", "Pebble",
    "Pine", "Pioneer", "Prairie", "Prism", "Quartz", "Quiet", "Raven", "Red", "Ridge", "River",
    "Robin", "Sable", "Saffron", "Sage", "Sierra", "Silver", "Slate", "Solar", "Sparrow",
    "Spruce", "Stellar", "Stone", "Summit", "Swift", "Tidal", "Timber", "Topaz", "Umber",
    "Valley", "Velvet", "Verdant", "Violet", "Walnut", "Willow", "Winter", "Zenith",
};
const vgs_words vgs_company_words = {
    company_words, sizeof company_words / sizeof *company_words, 10};

static const char *const company_kinds[] = {
    "Ltd", "Inc", "LLC", "Group", "Partners", "Holdings", "Works", "Labs", "Trading",
    "Logistics", "Foods", "Energy", "Systems", "Media", "Textiles", "Motors",
};
const vgs_words vgs_company_kinds = {
    company_kinds, sizeof company_kinds / sizeof *company_kinds, 9};

static const char *const domains[] = {
    "example.com", "example.org", "example.net", "mail.example", "post.example",
    "inbox.example", "letters.example", "web.example",
};
const vgs_words vgs_domains = {
    domains, sizeof domains / sizeof *domains, 15};

static const char *const lorem[] = {
    "a", "ab", "accumsan", "ad", "adipiscing", "aenean", "aliquam", "aliquet", "ante", "aptent",
    "arcu", "at", "auctor", "augue", "bibendum", "blandit", "commodo", "condimentum", "congue",
    "consectetur", "consequat", "conubia", "convallis", "cras", "cubilia", "curae", "cursus",
    "dapibus", "diam", "dictum", "dictumst", "dignissim", "dis", "dolor", "donec", "dui",
    "duis", "efficitur", "egestas", "eget", "eleifend", "elementum", "elit", "enim", "erat",
    "eros", "est", "et", "etiam", "eu", "euismod", "ex", "facilisi", "facilisis", "fames",
    "faucibus", "felis", "fermentum", "feugiat", "finibus", "fringilla", "fusce", "gravida",
    "habitant", "habitasse", "hac", "hendrerit", "himenaeos", "iaculis", "id", "imperdiet",
    "in", "inceptos", "integer", "interdum", "ipsum", "justo", "lacinia", "lacus", "laoreet",
    "lectus", "leo", "libero", "ligula", "litora", "lobortis", "lorem", "luctus", "maecenas",
    "magna", "magnis", "malesuada", "massa", "mattis", "mauris", "maximus", "metus", "mi",
    "molestie", "mollis", "montes", "morbi", "nam", "nascetur", "natoque", "nec", "neque",
    "netus", "nibh", "nisi", "nisl", "non", "nostra", "nulla", "nullam", "nunc", "odio", "orci",
    "ornare", "parturient", "pellentesque", "penatibus", "per", "pharetra", "phasellus",
    "placerat", "platea", "porta", "porttitor", "posuere", "potenti", "praesent", "pretium",
    "primis", "proin", "pulvinar", "purus", "quam", "quis", "quisque", "rhoncus", "ridiculus",
    "risus", "rutrum", "sagittis", "sapien", "scelerisque", "sed", "sem", "semper", "senectus",
    "sit", "sociosqu", "sodales", "sollicitudin", "suscipit", "suspendisse", "taciti", "tellus",
    "tempor", "tempus", "tincidunt", "torquent", "tortor", "tristique", "turpis", "ullamcorper",
    "ultrices", "ultricies", "urna", "ut", "varius", "vehicula", "vel", "velit", "venenatis",
    "vestibulum", "vitae", "vivamus", "viverra", "volutpat", "vulputate",
};
const vgs_words vgs_lorem = {
    lorem, sizeof lorem / sizeof *lorem, 12};

/* clang-format on */

"""Enquiries as people and as senders of advertising write them, for the test of the signs of spam.

Each honest one: (language, name, message). Half of them have a word or a link that advertising has too. Each of spam:
(what it is, name, message, sender).
"""

from experiences.enquiries.services.spam import Origin, Sender

HONEST = [
    # Swedish
    ("sv", "Seo Ji-woo", "Hej! Jag heter Seo och vill baka bröd med min syster. Vi bor här: https://vaxjo.se/teleborg"),
    ("sv", "Kim Holm", "Vi träffas vid Forex på Storgatan, https://maps.app.goo.gl/3kqW9 visar var. Hittar ni dit?"),
    ("sv", "Anna Seo", "Är det plats för fyra på torsdag? SEO är mitt efternamn, inte reklam, se www.annaseo.se"),
    (
        "sv",
        "Byrån Nord",
        "Vi är tolv som jobbar med sökmotoroptimering, www.byrannord.se. Kan vi få en teamdag i mars?",
    ),
    (
        "sv",
        "Byrån Syd",
        "Vi är en byrå som erbjuder sökmotoroptimering, www.byransyd.se. Teamdag för nio, går det i maj?",
    ),
    ("sv", "Bloggaren", "Jag erbjuder ett gästinlägg om kvällen hos er på min blogg https://blogg.example. Vi är två."),
    ("sv", "Lena Berg", "Vi är sex vänner som vill baka en torsdag i februari. Går det att äta utan gaffel?"),
    ("sv", "Per Ek", "Det blir en möhippa på casinotema. Kan vi baka först? Inbjudan: https://example.org/mohippa"),
    ("sv", "Jonas Lind", "Går det att betala med Swish, kort eller bitcoin? Länk till min bank: https://www.swish.nu/"),
    ("sv", "Karin Å", "Jag såg er på https://www.vaxjo.se/evenemang och på https://www.smp.se/kultur. Vad kostar det?"),
    (
        "sv",
        "Kören Ton",
        "Om oss: www.korenton.se, https://www.facebook.com/korenton, https://instagram.com/korenton. 20 st.",
    ),
    (
        "sv",
        "Kakbolaget, www.kakbolaget.se",
        "Vi är 9 personer. Faktura går bra? Adressen står på https://kakbolaget.se",
    ),
    (
        "sv",
        "Ola",
        "Jag jobbar på ett nätcasino och vill ta med mina kollegor, https://jobb.example.se är vi. 14 st i maj.",
    ),
    ("sv", "Utvecklarna", "JavaScript: sex utvecklare, noll bagare. Onsdag = 'ledig' för oss. Passar det?"),
    ("sv", "Maja", "Finns det lån av förkläden? Vi tar snabblån av varandra annars :) https://example.se/forklade"),
    # English
    ("en", "Seo Min-jun", "My name is Seo, I study in Växjö: https://lnu.se/en/. Is there a place for two on Friday?"),
    ("en", "Grace", "We will come from the Forex at the station, https://goo.gl/maps/abc123. How far is it to walk?"),
    ("en", "Tom Casino", "Yes, Casino is my surname! A table for five in March, please. https://tomcasino.example"),
    (
        "en",
        "Priya",
        "I do search engine optimisation for a living (www.priya.example) and want to bake with my team of 8.",
    ),
    (
        "en",
        "Agency",
        "We offer SEO services and link building (www.agency.example); eight of us want to bake, no laptops.",
    ),
    ("en", "Sue", "Could you make $50 gift certificates, like https://sue.example? I need three."),
    ("en", "Ben", "I write a food blog, https://ben.example. May I visit and write a guest post about Samira's bread?"),
    ("en", "Omar", "Can I pay in bitcoin? If not, a card is fine. My company: https://www.omar.example"),
    ("en", "Ann", "I found you on the first page of Google, at https://www.vaxjo.se. What does it cost for six?"),
    ("en", "Lucy", "We have < a week left in Sweden. Is there a free evening? https://www.airbnb.com/rooms/1"),
    (
        "en",
        "Prof. Ward",
        "I do research on spam mails about viagra and casinos. None here! Ten of us: https://lnu.se/staff",
    ),
    ("en", "Mei", "Two vegans, one nut allergy. Which of these suits us: https://www.example.se/en/experiences/bake ?"),
    ("en", "Rob", "My wife's backlink of family is from Aleppo, so we want the Arabic evening. https://rob.example"),
    (
        "en",
        "Ines",
        "Improve your website: the page about gifts is hard to read, see https://imgur.example/1. Six of us.",
    ),
    ("en", "Claire", "A gift for my mother, who loves calligraphy. Can the certificate be sent to France?"),
    (
        "en",
        "Dev Team",
        "SEO, ads and sales will all come, 18 people. www.devteam.example and our map: https://osm.org/go/0",
    ),
    # Arabic
    ("ar", "سيو يون", "مرحبا، اسمي سيو وأود أن أتعلم خبز الخبز مع صديقتي. نسكن هنا: https://vaxjo.se"),
    ("ar", "ليلى حداد", "نلتقي عند فوركس في المحطة، الخريطة: https://maps.app.goo.gl/xyz . هل المكان قريب؟"),
    ("ar", "سامر", "نحن ستة أصدقاء ونود أن نأتي مساء الخميس. كم السعر؟"),
    ("ar", "هدى", "كازينو بيروت مقهى قديم أحبه جدي، هذه صورته: https://example.org/cafe . هل تشبهه ورشتكم؟"),
    ("ar", "عمر", "هل يمكن الدفع بالبيتكوين أم بالبطاقة فقط؟ موقع شركتنا: https://omar.example"),
    ("ar", "رنا", "أعمل في تحسين محركات البحث، وأريد أن يأتي فريقي، نحن ثمانية: www.rana.example"),
    ("ar", "وكالة", "تقدم شركتنا خدمات تحسين محركات البحث، www.agency.example، ونريد يوما لفريقنا، نحن تسعة."),
    ("ar", "يوسف", "قرأت عنكم في https://www.svt.se وفي https://www.sr.se وأود أن أهدي أمي تجربة الخط العربي."),
    ("ar", "مها", "هل الدرج كثير؟ أمي تستعمل كرسيا متحركا."),
    ("ar", "Nour", "نحن مجموعة من SFI ونريد أن نأتي مع المعلمة، نحن 15 شخصا."),
    ("ar", "خالد", "كم تبعد محطة القطار عن المكان؟ وجدت هذا الرابط: https://www.resrobot.se"),
    ("ar", "سلمى", "أريد بطاقة هدية لأختي في عيد ميلادها يوم 4 فبراير."),
    # German
    (
        "de",
        "Seo Hana",
        "Ich heiße Seo und möchte mit meiner Familie Brot backen. Unser Hotel: https://www.hotel.example",
    ),
    ("de", "Jürgen", "Wir kommen vom Casino am Ring, https://maps.app.goo.gl/q1 . Ist es zu Fuß weit?"),
    (
        "de",
        "Agentur Süd",
        "Wir machen Suchmaschinenoptimierung, www.agentursued.example, und wünschen uns einen Teamtag.",
    ),
    ("de", "Agentur Ost", "Wir bieten SEO und Linkaufbau an, www.ost.example. Haben Sie im Mai Platz für neun?"),
    ("de", "Petra", "Haben Sie am 4. Februar noch zwei Plätze frei? Wir sprechen nur Deutsch und etwas Englisch."),
    ("de", "Blogger Max", "Darf ich einen Gastbeitrag über Samiras Brot schreiben? Mein Blog: https://max.example"),
    ("de", "Ute", "Kann man den Gutschein auch in Deutschland kaufen? Ich habe ihn auf https://www.vaxjo.se gesehen."),
    (
        "de",
        "Schule am See",
        "26 Kinder, 3 Lehrerinnen. Unsere Schule: www.schule.example, der Weg: https://osm.org/go/x",
    ),
    ("de", "Karl", "Kredit oder Rechnung, beides ist möglich? Wir sind vier Personen."),
    # Ukrainian
    ("uk", "Сео Юна", "Мене звати Сео. Ми з сестрою хочемо спекти хліб. Ми живемо тут: https://vaxjo.se"),
    ("uk", "Олена", "Нас шестеро, ми хочемо прийти в п'ятницю. Скільки це коштує?"),
    ("uk", "Тарас", "Зустріньмося біля Forex, ось карта: https://maps.app.goo.gl/u1 . Це далеко від вас?"),
    ("uk", "Ірина", "Чи можна оплатити карткою або bitcoin? Наша компанія: https://iryna.example"),
    ("uk", "Марія", "Моя мама не говорить шведською. Чи буде хтось, хто перекладає?"),
    ("uk", "Андрій", "Я бачив вас на https://www.vaxjo.se і на https://www.smp.se. Чи є місце для двох?"),
    ("uk", "Школа", "Нас 20 дітей і 2 вчительки. Наш сайт: www.shkola.example"),
    ("uk", "Петро", "Хочу подарувати дружині вечір варіння вареників. Як отримати сертифікат?"),
    # Persian
    ("fa", "سئو مین", "سلام، اسم من سئو است و می‌خواهم با خواهرم نان بپزم. خانه‌ی ما: https://vaxjo.se"),
    ("fa", "مریم", "ما شش نفریم و می‌خواهیم پنجشنبه بیاییم. قیمتش چند است؟"),
    ("fa", "رضا", "جلوی Forex قرار می‌گذاریم، نقشه: https://maps.app.goo.gl/f1 . دور است؟"),
    ("fa", "شیرین", "مادرم ویلچر دارد. آیا پله دارید؟"),
    ("fa", "امیر", "می‌شود با بیت‌کوین پرداخت کرد؟ شرکت ما: https://amir.example"),
    ("fa", "نازنین", "شما را در https://www.svt.se دیدم و در https://www.sr.se شنیدم. دو نفر جا دارید؟"),
    ("fa", "کلاس فارسی", "ما پانزده نفر از کلاس فارسی هستیم. سایت ما: www.klass.example"),
    ("fa", "حمید", "برای تولد خواهرم یک هدیه می‌خواهم. چطور سفارش بدهم؟"),
]

PEOPLE = Sender(address="203.0.113.7")
PROGRAM = Sender(address="203.0.113.7", origin=Origin.UNKNOWN)
TRAPPED = Sender(address="203.0.113.7", filled_honeypot=True)
ELSEWHERE = Sender(address="203.0.113.7", origin=Origin.OTHER_SITE)

SPAM = [
    # Offers with a link
    ("backlinks", "Mike", "We sell high quality backlinks for any niche. Price list: https://links.example", PROGRAM),
    ("backlinks", "Mike", "Buy dofollow backlinks here http://links.example today", PEOPLE),
    ("guest posts", "Eva", "I am offering guest posts on 300 blogs: https://posts.example", PROGRAM),
    ("links", "Joe", "Buy affordable link building from us. See www.build.example", PEOPLE),
    ("SEO", "Sam", "Hello, I can boost your website on all engines, details: https://rank.example", PROGRAM),
    ("SEO", "Sam", "We rank sites on Google in 30 days: ranking on Google from $99, https://rank.example", PEOPLE),
    ("SEO", "Ana", "Our SEO packages start at 99 USD: https://seo.example/prices", PROGRAM),
    ("SEO", "Ana", "Get your company to the first page of Google. https://seo.example", PEOPLE),
    ("traffic", "Leo", "Increase your website traffic with real people https://traffic.example", PEOPLE),
    ("traffic", "Leo", "Grow your sales and traffic with us, www.grow.example", PROGRAM),
    ("redesign", "Zoe", "We redesign your site for a small price. Portfolio: https://zoe.example", PEOPLE),
    ("casino", "Lucky", "Claim a casino bonus of 500 euro now https://spin.example", PEOPLE),
    ("casino", "Lucky", "100 free spins are waiting https://spin.example", PROGRAM),
    ("crypto", "Rich", "Bitcoin investment doubles in a week https://coin.example", PEOPLE),
    ("crypto", "Rich", "Forex trading signals that never fail www.pips.example", PEOPLE),
    ("crypto", "Rich", "Crypto recovery experts get it back: https://coin.example", PROGRAM),
    ("pills", "Doc", "Buy cheap viagra without waiting https://pills.example", PEOPLE),
    ("pills", "Doc", "Cialis online, 20 % off: http://pills.example", PROGRAM),
    ("loans", "Fin", "Instant loans for everybody https://loan.example", PEOPLE),
    ("money", "Fin", "Earn $500 a day from home https://money.example", PEOPLE),
    ("leads", "Data", "12 million verified emails for your campaign, https://data.example", PROGRAM),
    ("länkar", "Nils", "Vi säljer bakåtlänkar med hög kvalitet: https://lankar.example", PEOPLE),
    ("SEO", "Nils", "Vi erbjuder billig sökmotoroptimering. Läs mer på https://seo.example", PEOPLE),
    ("SEO", "Nils", "Vill ni hamna högst på Google? Pris: www.topp.example", PROGRAM),
    ("synlighet", "Nils", "Vi kan öka er synlighet på nätet, se https://syns.example", PEOPLE),
    ("lån", "Bo", "Lån utan kreditupplysning på fem minuter: https://lan.example", PEOPLE),
    ("krypto", "Bo", "Kryptohandel för nybörjare, tjäna pengar: https://krypto.example", PEOPLE),
    ("سيو", "شركة", "نقدّم خدمات تحسين محركات البحث لموقعكم: https://seo.example", PEOPLE),
    ("فوركس", "شركة", "تداول الفوركس بأرباح مضمونة https://fx.example", PEOPLE),
    ("قروض", "شركة", "قروض سريعة بلا ضمانات https://loan.example", PROGRAM),
    ("SEO", "Uwe", "Wir bieten Backlinks und mehr: https://links.example", PEOPLE),
    ("Kredit", "Uwe", "Sofortkredit in einer Stunde: https://kredit.example", PROGRAM),
    # How it is sent, whatever it says
    ("all fields filled in", "Bot", "Nice site!", TRAPPED),
    ("all fields filled in", "Bot", "Здравствуйте, продвижение сайтов недорого", TRAPPED),
    ("from another site", "Bot", "Hello, interested in our offer?", ELSEWHERE),
    # How it is written
    ("many links", "Bot", "http://a.example http://b.example http://c.example http://d.example", PEOPLE),
    ("many links", "Bot", "Watches www.a.example bags www.b.example shoes www.c.example hats www.d.example", PROGRAM),
    ("markup", "Bot", "<a href='http://a.example'>Click here</a>", PEOPLE),
    ("markup", "Bot", "Great page [url=http://a.example]watches[/url]", PROGRAM),
    ("script", "Bot", "<script>alert(1)</script>", PEOPLE),
    ("a link as a name", "You won! http://a.example", "Hello", PEOPLE),
]

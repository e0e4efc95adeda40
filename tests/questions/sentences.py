"""Sentences that the rubric rules must see, and sentences in the same words that they must let pass."""

# E5: what nobody may ask a candidate, and what one may ask of data, code and other people.
PROTECTED = """
How old are you?
Are you married, or planning to be?
Do you plan to have children in the next few years?
Where are you originally from?
What church do you attend?
Do you have any disability we should know about?
What year did you graduate?
Is English your native language?
What is your current salary?
Are you pregnant?
Do you have kids?
How many children do you have?
Who will look after your children while you travel?
What does your husband do?
Are you single?
Do you intend to start a family soon?
When were you born?
What is your date of birth?
How do you feel about reporting to someone younger than you?
When do you expect to retire?
At your age, how do you keep up with new frameworks?
Are you religious?
Do you go to church on Sundays?
Which religious holidays do you observe?
Would your religion keep you from working on Saturdays?
Are you a Muslim?
Are you a US citizen?
Are you a U.S. citizen?
What is your nationality?
Where were you born?
Where did you grow up?
Where does your accent come from?
That is an interesting name; where is your surname from?
What country are your parents from?
How long have you lived in this country?
Is German your mother tongue?
Are you a native speaker of English?
What languages do you speak at home?
How is your health?
Do you take any medication?
How many sick days did you take last year?
Have you ever been treated for depression?
Are you disabled?
Do you have any health problems that could affect your work?
Have you ever filed a workers' compensation claim?
Do you smoke?
Are you gay?
What is your sexual orientation?
Do you have a boyfriend?
As a woman, how would you lead a team of men?
How would you feel working for a woman?
What gender do you identify as?
Who did you vote for?
What are your political views?
Are you a member of a political party?
Are you a member of a trade union?
Have you ever joined a union?
What do you think about unions?
Have you served in the military?
Are you a veteran?
What type of discharge did you receive?
How much do you earn?
What was your last salary?
What did you earn in your previous role?
What does your current employer pay you?
Can you share your salary history?
Have you ever been arrested?
Do you have a criminal record?
Have you ever been convicted of a crime?
Tell me about your family.
Does your spouse mind the long hours?
Is your wife working?
What is your marital status?
What is your maiden name?
Any kids?
Are you expecting?
Do you want children?
Are you planning on having children?
Are you thinking of starting a family?
If you have young children, how will you manage the on-call rota?
Are you over 50?
Are you in your thirties?
Do you believe in God?
Do you wear a headscarf for religious reasons?
Are you originally from India?
Are you Chinese?
You have an accent; where is it from?
Is your partner OK with you moving?
Do you live alone?
Do you rent, and do you live with your parents?
Have you had cancer?
Do you have a mental health condition?
Have you ever had a back injury?
Do you have any allergies?
Do you drink alcohol?
How would you arrange childcare when there is an incident at night?
When are you getting married?
Do you plan to get pregnant?
How many years do you have before you retire?
Are you too old for this job?
What year were you born in?
In what year did you finish high school?
What's your ethnicity?
What is your race?
Do you belong to a union?
Are you a Democrat or a Republican?
Do you have any military obligations?
Have you ever been in prison?
How much are you making now?
What are you currently paid?
Have you ever been divorced?
Do you identify as LGBTQ?
What is your faith?
Are you healthy?
Do you have a green card?
What's the origin of your last name?
May I ask how old you are?
Could you tell me your age?
Roughly what age bracket are you in?
How would someone of your age fit into a young team?
Do you think you might be too old to learn a new stack?
How many more years do you plan to work before retirement?
What does your wife think about you taking this job?
Do you and your partner plan to have kids?
Will your children be a problem when you are on call?
Do you have family commitments that stop you from travelling?
Do you have anyone at home who depends on you?
Tell me a little about your home life.
Is there a Mr Smith?
Do you have childcare in place?
Are you a parent?
Are you planning a family?
Is there any chance you could become pregnant in the next year?
Would you need maternity leave soon?
What religion were you brought up in?
Do you pray during the day?
Would you be able to work on the Sabbath?
Do you keep kosher?
Are you Jewish?
What is your native country?
Were you born in the UK?
Which passport do you hold?
Are you an immigrant?
What is your ethnic background?
Is your family Indian?
Do you speak English at home?
Where did you pick up that accent?
Do you suffer from any chronic illness?
Do you have a disability that would affect your work?
How many days were you off sick last year?
Do you have a history of mental illness?
Have you ever seen a psychiatrist?
Do you need special equipment because of a medical condition?
Are you on any medication at the moment?
Are you straight or gay?
Are you male or female?
Do you have a husband or a boyfriend?
How do you feel about working with women?
Did you vote in the last election?
Which political party do you support?
What do you think of the president?
Have you ever been a union member?
Would you go on strike with your union?
Did you do military service?
Were you honourably discharged?
What salary are you on at the moment?
What are you earning in your present job?
What is your current compensation package?
How much does your current job pay?
Have you got any previous convictions?
Have you ever been in trouble with the police?
Have you ever been charged with a crime?
Are you from around here?
What is your place of birth?
When did you finish university?
Who takes care of your kids when they are ill?
Are you engaged?
What are your religious beliefs?
Do you celebrate Christmas?
Is English your first language?
Do you own your home?
Are you a citizen of this country?
Do you hold dual citizenship?
Do you have a stutter?
Do you use a wheelchair?
When did you get your degree?
How long have you been out of school?
Are you older than forty?
How many more years will you work?
Do you have a significant other?
Are kids in your future plans?
When is the baby due?
What arrangements have you made for childcare?
How will you balance this job with raising kids?
Would your husband object if you moved?
Can your family bank on you?
Do your kids step in?
What languages did you grow up speaking?
That's an unusual name; what nationality is it?
Is your surname Turkish?
Do you come from India?
Where do you worship?
Were you brought up Jewish?
Do you need breaks to pray?
Is there a disability we need to plan for?
Which tablets do you take?
Have you ever been injured at work?
What was your starting salary there?
How much money do you make?
Are you liberal or conservative?
Have you ever been on strike?
Have you ever filed for bankruptcy?
""".strip().splitlines()

ALLOWED = """
How would you debug a race condition between two data-loader workers?
Explain how you would measure gender bias in a hiring dataset.
Walk me through how you decide the maximum age of a cached feature.
Compare two families of generative models you have used.
How does a child process inherit file descriptors from its parent?
Your model predicts patient illness from notes; how do you validate it?
Tell me about a time a model you owned degraded in production.
How would you test whether a credit model treats applicants differently by national origin?
Your team trains a speech model; how do you evaluate it across accents?
When would you put a method in the parent class rather than in the child?
How do you walk a tree from a child node to the root?
How does the age of the data change what you would trust?
Tell me about a time when you married two datasets with different keys.
Have you disabled a feature flag in production, and what happened?
What does your health check test before a pod takes traffic?
Do you religiously write tests first, or does it depend?
How old is the data that you would still train on?
Are you expecting the distribution of the inputs to shift here?
How would you encode marital status as a feature?
A hospital wants to predict pregnancy complications. Which data would you ask for?
How would you impute a missing age in this table?
What would you do if the salary column leaked the target?
How would you predict a person's current salary from their CV?
Which union of the two result sets would you write in SQL?
How does union-find merge two components?
How would you explain your model to a judge who sets bail from arrest records?
What parity would you demand between religious groups in a lending model?
How would you find out whether your classifier is worse for native speakers of Hindi?
Your race detector reports nothing; what do you try next?
What do you have in your parent directory that should not be in the image?
How would you design a family of experiments for a new ranking?
Would you use a single model or an ensemble?
Are you single-threading the loader, or does it use workers?
What do you do when your child nodes have fewer than ten rows?
How do you vote among the trees of a forest?
What does the voting ensemble do with ties?
How would you deploy a model for a military hospital that has no network?
How would you tell that your model has learned the year of graduation in place of skill?
How much do you make of a p-value of 0.04 here?
Where do you come down on mocking the database in tests?
How do you keep dependants of a library working when you change its interface?
What is your native approach to parallel code in Python?
How would you migrate data born in an older system?
Tell me about a time you handed a project to somebody younger in the team's life.
Do you have a baseline for the churn model?
Your first model had a short life in production. Why?
Tell me about a conviction about testing that you gave up.
Tell me about a partner team that depended on your API.
What do you want from a code review?
What are your salary expectations?
Are you legally allowed to work in this country?
Do you need visa sponsorship now or later?
This role travels twice a month; does that suit you?
How would you convict a feature of leaking, and what evidence would you bring?
How would you detect disease in leaf photographs?
A voter model predicts turnout by party. What could go wrong when you ship it?
How do you smoke test a release?
How do you drink from a firehose of events without losing any?
What did you learn from your last incident?
How would you sort customers by the age of their account?
Do you have children elements with the same key in this list?
How healthy is a cluster where one replica lags?
What would you look at in a gender classifier before release?
How would you weigh false arrests against missed crimes in this system?
Are you confident in this estimate?
Your parents table has two rows for one key; what happens to the join?
How would you handle the sex attribute in a clinical data set?
What state are you in after the transaction is rolled back?
How would you serve a model to the army of devices in the field?
Explain the ethnic bias that the audit found.
When did you last change your mind about a tool?
What year does the calendar feature start to drift?
Have you got a favourite way to name branches?
Which church records would you digitise first for this archive?
How would you tell a user's religion from their purchases, and why should you not?
Did you have a plan for when the migration failed?
How would you retire an old model?
When would you retire this model?
What do you think about union types in Python?
How do you plan a family of A/B tests?
How did you learn Spark?
How would you staff support on a public holiday?
Take your present salary model: which features would you drop?
Do you have an aging cache?
Have you been burnt by a leaking feature?
How would you handle children that were orphaned when their parent process died?
When a model is too old to trust, what do you do?
Are you over-fitting here?
Have you been on call, and what did you change after it?
What would you do if you are 30 minutes from the deadline and the build is red?
Do you have a family of tests that you run nightly?
How do you keep the state of your single-page app in step with the server?
Are you blind to the labels in this design, and should you be?
Do you have a record of an outage that you handled?
What do you do with sick leaves in a phylogenetic tree?
Which party is responsible when a third-party API fails?
Tell me about a time when you disagreed with the majority vote of a panel.
How do you support users who rely on a screen reader?
Which disabilities would you test this form for?
How would you make the alert usable for colour-blind operators?
How would you build a recommender for a church hall's bookings?
A pension fund forecasts when its members retire. Which model would you try first?
Are you making the most of the GPU in this trace?
What are you making of this residual plot?
Have you served a model behind a load balancer?
Have you ever served as a reviewer for another team?
Why would a health endpoint say yes while users see errors?
How would you treat a citizen's letter that names a third person?
What does gender-neutral wording change in this classifier?
Do you see a straight line in this plot?
How would you parent a new span in this trace?
You get a table with date of birth and postcode; how would you make it anonymous?
Which of these features stand in for race or religion in a lending model?
Your aunt asks why the app knows her age; what do you answer?
How would you raise the retention of young customers?
How would you check that your model does not learn pregnancy from shopping baskets?
Do you plan to have a fallback when the model is down?
Would you want a baby step or a rewrite here?
A family of four shares one account. How would you still recommend well?
When was a time that you were wrong about a release?
What is your faith in these labels, and on what evidence?
Describe a project in which you were new to the language.
Have you a first language you would reach for to write a parser?
How would you test a hearing-aid app with deaf users?
What age would you give a cookie, and why?
Tell me about your background in statistics.
Tell me about the last paper that you read and what you took from it.
How do you make a team welcoming to newcomers?
What is your current approach to monitoring?
What is your current position on mocking in tests?
How would you estimate the lifetime earnings of a customer?
What did you make of the feedback in your last job?
How would you explain recall to a politician?
Are you comfortable with being on call one week in six?
Who was the youngest member of the team, and how did you bring them in?
Did your last release have parents in the commit graph that you had not expected?
How do you get married up schemas when two teams own them?
Do you like pair programming?
Were you able to tell the disease from the treatment in that data?
How did you come to this field?
Tell me about a project you were married to that had to be dropped.
Do you have any dependents of this package that would break?
Do you support the party that owns the API or the one that consumes it?
Where are you from a systems point of view: batch or streaming?
How do you ask a patient which tablets they take?
When did you take over the team?
Would your parents table find the key?
Are you over 50 ms or under it?
Is there a family of tests here that you would drop?
How would you handle a customer who says he is on strike?
When is the baby weighed on your ward?
Do you have a partner team that reviews your code?
How do you record a patient's height and weight?
Are you liberal with retries here, or conservative?
""".strip().splitlines()

# E3: anchors that name what is heard or seen, and anchors that do not.
ACTS = """
Computes recall at a fixed precision and explains the trade-off
The candidate stated both limits
Asked who bears the cost before choosing
Can compute the interval without a formula
By computing both rates, shows which is lower
Bisects the history until the change is found
Never names a cost
Does not mention the base rate
Fails to ask for the data
Compare two designs and say which is cheaper
They drew the data flow
Said that it depends and stopped there
Correctly identified the leak
Vectorises the loop
Wrote a test first
Candidate named two risks, and compared them
No metric is named; guesses
Gives no reason and picks the first option
Refactors before measuring
Says "it depends" and cannot say on what
Bisected the commits
Measured latency before and after
Rang the customer back the same day
Dug into the logs for the first error
Structured the answer around cost
The candidate triages the patients by airway
Looked at the log before the config
Communicated the delay to the client
Cannot say what the value means
Phoned the family
""".strip().splitlines()

NO_ACTS = """
Good grasp of recall.
Understands the trade-off deeply
Strong answer
Excellent communication skills
Demonstrates strong knowledge of statistics
Shows a good understanding of bias and variance
Has deep expertise in the field
Very good
Weak on fundamentals
Knows the formula
Limited understanding of the topic
Meets expectations
Exceeds the bar
A great answer with clear reasons
Below the bar
Is aware of the problem
Excellent
Thinks clearly
Good answers throughout
Seems comfortable with SQL
Mixed; some gaps
Deep intuition for models
Lacks experience
Communicates well
Gives a strong answer
Provides an excellent response
Answers the question very well
Takes ownership
Works well under pressure
Handles ambiguity well
Goes above and beyond
Shows promise
Fits the team
Not a good answer
Full marks
Understood the question
Experienced with the tool
Can understand the formula
Clearly the best answer
""".strip().splitlines()

# E4: judgements of a person or their manner, and the same words said of things.
JUDGEMENTS = """
Explains it; smart and a culture fit.
Brilliant answer, a natural leader
Passionate about ML
A strong candidate who names recall
Good communicator; states the result
Is a team player and asks questions
Great attitude, picks the right metric
Very likeable
Made good eye contact while explaining
Speaks with a strong accent
Seems nervous and names nothing
Went to a top university
Confident manner; lists three risks
Is sharp and computes fast
Highly motivated self-starter
Would be a perfect fit
Lacks confidence
Ex-Google, names the trick at once
Arrogant
Quick learner
Great
Strong and great
A nice guy
Driven; states a target
A bright candidate who explains well
Clearly intelligent; names the metric
Would fit in well with the team
Well-spoken and states the rate
Lacks passion
High energy
Slumped posture
Smiles while explaining
""".strip().splitlines()

NO_JUDGEMENTS = """
Names smart pointers as the cure
Proposes a passion-fruit label? asks for the classes
States that the model is confident and wrong
Gives a confidence interval of 0.4 to 0.6
Finds a good fit to the data with two parameters
Uses lazy loading for the table
Compares word error rate across accents
Says that the baseline is strong and asks why
Names a school's data as the source
Reports a sharp drop in May
Chooses a nervous threshold? no, keeps 0.5
Says that the brief's employer cannot see the score
Asks whether the low-energy sensor samples enough
Calls the average a weak guide
Draws the talent marketplace's funnel
Mentions that the smart meter loses readings
Names the person who decides
Asks who in the team plays which part
Says that users smile at it? quotes the survey
Lists the posture features of the pose model
Improves the security posture
Names smiling faces as an over-represented class
Counts filler words in the transcript with a script
Articulates the trade-off
Says that the table will fit in RAM
Driven by the data, picks B
Says the lead is strong
Picks the API that is easy to work with
Lists the labels in the data: friendly, confident, tired
""".strip().splitlines()

# (rule, whether it speaks, type, prompt)
# E5 in a rubric, where the candidate is not called "you".
HELD = """
Is over 50
Over 50
Is in her fifties
Has an accent
Comes from abroad
Single mother
Too old for the team
Wears a headscarf
May get pregnant
The candidate is married
""".strip().splitlines()

NOT_HELD = """
Names the rate: over 50.
States that the signal comes from abroad
Compares error rates for three groups: pregnant, elderly and disabled patients
Asks whether the patient is married before calling
Says the load is over 50 per cent
Has three children processes die
""".strip().splitlines()

# W4: pairs that differ only in how much or how well, and pairs that do not.
ONLY_INTENSITY = [
    ("Computes recall slowly.", "Computes recall quickly."),
    ("Names one risk.", "Names several risks."),
    ("Explains recall at a basic level.", "Explains recall at an advanced level."),
    ("Compares the offers with difficulty.", "Compares the offers easily."),
    ("Hardly compares the models.", "Carefully compares the models."),
    ("Gives an acceptable plan.", "Gives an exemplary plan."),
    ("Explains recall to some extent.", "Explains recall to a large extent."),
]
MORE_THAN_INTENSITY = [
    ("Names one cause.", "Names three causes and tests each."),
    ("Offers a discount.", "Offers a trial."),
    ("Picks a level of service.", "Picks a level of risk."),
]

# E2: anchors that say the same, and anchors that a sign or a figure tells apart.
SAME = [
    ("Computes recall.", "Computes recall!"),
    ("**Names** it.", "Names it."),
    ("Names “it”.", 'Names "it".'),
    ("Names it; asks.", "Names it, asks"),
    ("Names the user’s loss – asks.", "Names the user's loss - asks."),
]
NOT_SAME = [
    ("Says -1.", "Says 1."),
    ("Says 3.5.", "Says 35."),
    ("Names C++.", "Names C."),
    ("Says a < b.", "Says a > b."),
]

PROMPTS = [
    ("E9", True, "behavioural", "How do you handle an outage?"),
    ("E9", True, "behavioural", "What is your approach to conflict?"),
    ("E9", True, "behavioural", "Are you good at giving feedback?"),
    ("E9", True, "behavioural", "How would you deal with a late project?"),
    ("E9", True, "behavioural", "Tell me how you usually work with designers."),
    ("E9", True, "behavioural", "Describe your leadership style."),
    ("E9", True, "behavioural", "What would your colleagues say about you?"),
    ("E9", False, "behavioural", "Tell me about a time when you missed a deadline."),
    ("E9", False, "behavioural", "Describe a situation in which you had to persuade somebody."),
    ("E9", False, "behavioural", "Give me an example of a decision you regret."),
    ("E9", False, "behavioural", "What was the hardest bug you ever found?"),
    ("E9", False, "behavioural", "Walk me through the last incident you led."),
    ("E9", False, "behavioural", "Tell me about a model you shipped that failed in use."),
    ("E9", False, "behavioural", "Think of an occasion on which you disagreed with your manager. What did you do?"),
    ("E9", True, "situational", "What would you do about an outage?"),
    ("E9", True, "situational", "How do you handle conflict?"),
    (
        "E9",
        False,
        "situational",
        "Two teammates insist on different metrics, and the release is tomorrow. What do you do?",
    ),
    (
        "E9",
        False,
        "situational",
        "If your manager asks you to ship a model that you know fails for one group, what would you do?",
    ),
    ("W1", True, "scenario", "This is one. This is two. This is three. What now?"),
    ("W1", False, "scenario", "This is one. This is two. What now?"),
    ("W2", True, "knowledge", "What is overfitting? How do you prevent it?"),
    ("W2", True, "knowledge", "What is overfitting and how do you prevent it?"),
    ("W2", True, "knowledge", "How would you split the data and why does that help?"),
    ("W2", True, "knowledge", "How do you clean and label the data?"),
    ("W2", True, "scenario", "How would you train the model and deploy it?"),
    ("W2", True, "scenario", "Why would you accept or reject this result?"),
    ("W2", True, "scenario", "What would you measure and report?"),
    ("W2", False, "knowledge", "How do precision and recall pull against each other?"),
    ("W2", False, "scenario", "How would you choose between speed and cost?"),
    ("W2", False, "scenario", "What do you look at first in logs and traces?"),
    ("W2", False, "scenario", "How would you set up train and test sets for a forecast?"),
    ("W2", False, "scenario", "How would you weigh bias and variance here?"),
    ("W2", False, "scenario", "What is the difference between a process and a thread?"),
    ("W2", False, "behavioural", "Tell me about a time when you dropped a plan and what came of it."),
    ("W3", True, "scenario", "Don't you think that recall matters more here?"),
    ("W3", True, "scenario", "Surely recall matters, so which do you take?"),
    ("W3", True, "scenario", "Tests are important, right?"),
    ("W3", True, "scenario", "You would agree that tests come first; how do you write them?"),
    ("W3", True, "scenario", "Do you know Python?"),
    ("W3", True, "scenario", "Have you ever deployed a model?"),
    ("W3", True, "scenario", "Is accuracy a good metric for fraud?"),
    ("W3", True, "scenario", "Can you write SQL?"),
    ("W3", True, "scenario", "Would you use a database here?"),
    ("W3", True, "scenario", "Here is a table. Is P the better one?"),
    ("W3", True, "scenario", "Obviously you would retrain; when?"),
    ("W3", True, "scenario", "Isn't it better to cache first?"),
    ("W3", True, "scenario", "The model is overfitting, isn't it?"),
    ("W3", False, "scenario", "Can you walk me through this trace?"),
    ("W3", False, "scenario", "Could you explain what this query returns?"),
    ("W3", False, "scenario", "Would you ship A or B, and why?"),
    ("W3", False, "scenario", "Is the rise real, and how can you tell?"),
    ("W3", False, "scenario", "What would you do first?"),
    ("W3", False, "scenario", "Which one would you ship?"),
    ("W3", False, "scenario", "A colleague says: “Surely more data helps.” How do you answer?"),
    ("W3", False, "scenario", "Why is the second run slower?"),
    ("W3", False, "scenario", "What rules would you agree with the supplier?"),
    ("W5", True, "scenario", "How many golf balls fit into a school bus?"),
    ("W5", True, "scenario", "If you were an animal, which would you be?"),
    ("W5", True, "behavioural", "What is your greatest weakness?"),
    ("W5", True, "behavioural", "Where do you see yourself in five years?"),
    ("W5", True, "scenario", "Who invented the transformer?"),
    ("W5", True, "scenario", "What year was Python released?"),
    ("W5", True, "scenario", "What does HTTP stand for?"),
    ("W5", True, "scenario", "Why are manhole covers round?"),
    ("W5", True, "scenario", "How many piano tuners are there in Chicago?"),
    ("W5", False, "knowledge", "What does HTTP stand for?"),
    ("W5", False, "scenario", "How many conversations fit at once on this card?"),
    ("W5", False, "scenario", "What would you name as the main weakness of the design?"),
    ("W5", False, "scenario", "How would you sell this result to a sceptical team?"),
    ("W5", False, "coding", "Write a function that finds the strongest colour in an image."),
    ("E9", True, "behavioural", "Tell me what you do in a conflict."),
    ("E9", True, "behavioural", "Give an example of how you would handle a rude customer."),
    ("E9", True, "behavioural", "Tell me about a situation you might face with a late supplier."),
    ("E9", True, "behavioural", "Describe a typical day in your last team."),
    ("E9", False, "behavioural", "Tell me about your biggest technical mistake."),
    ("E9", False, "behavioural", "Tell me about your most recent disagreement with a doctor."),
    ("E9", False, "behavioural", "How did you handle your last conflict with a colleague?"),
    ("E9", False, "behavioural", "Think about your last project that ran late. What did you do?"),
    ("E9", False, "behavioural", "Tell me about the time you had to tell a manager that the numbers were wrong."),
    ("E9", False, "behavioural", "Tell me about two occasions when you had to say no."),
    ("E9", False, "behavioural", "What is the most difficult piece of feedback you have ever received?"),
    ("E9", False, "behavioural", "Tell me how you dealt with a late supplier."),
    ("E9", False, "behavioural", "Tell me about a decision that you would take differently today."),
    ("E9", False, "behavioural", "Talk me through a handover that went badly."),
    ("E9", True, "situational", "Imagine you are a tech lead. How would you run meetings?"),
    (
        "E9",
        True,
        "situational",
        "If you got this job, how would you like to be managed by the person you would report to?",
    ),
    ("E9", False, "situational", "Imagine you manage a ward with too few nurses. Whom would you call first?"),
    ("W1", True, "scenario", "you have a cluster. it is slow. nodes fail at night. what do you check first?"),
    ("W1", False, "scenario", "Dr. Smith has 3 models. She tests one, i.e. the smallest. What would you tell her?"),
    ("W1", False, "scenario", "It is 5 p.m. in Leeds. Node.js is down. What now?"),
    ("W2", True, "knowledge", "How would you monitor and/or retrain the model?"),
    ("W2", True, "knowledge", "How would you reduce latency and improve accuracy?"),
    ("W2", True, "knowledge", "Explain dropout and describe when you would use it."),
    ("W2", True, "knowledge", "Tell me what churn is and give me two causes of it."),
    ("W2", False, "knowledge", "How do you decide when to stop and ship?"),
    ("W2", False, "knowledge", "What would you check between extract and load?"),
    ("W2", False, "knowledge", "How would you describe supply and demand to a client?"),
    ("W2", False, "knowledge", "How would you write clear and short runbooks?"),
    ("W3", True, "scenario", "Given this table, is model A better?"),
    ("W3", True, "scenario", "In your last job, did you write unit tests?"),
    ("W3", True, "scenario", "You would never skip a code review, would you?"),
    ("W3", True, "scenario", "As you know, more data always helps; how much would you collect?"),
    ("W3", True, "scenario", "Everyone agrees that tabs are worse; why?"),
    ("W3", True, "scenario", "It goes without saying that tests come first; how do you write them?"),
    ("W3", True, "scenario", "What is so great about Rust?"),
    ("W3", True, "scenario", "With a full ward, can you take breaks?"),
    ("W3", False, "scenario", "Why can't we compare these two runs?"),
    ("W3", False, "scenario", "Would you mind walking me through your first step?"),
    ("W3", False, "scenario", "Could you read it and say what happened?"),
    ("W3", False, "scenario", "Given this chart, what would you do first?"),
    ("W3", False, "scenario", "Given two offers, which would you take?"),
    ("W3", False, "scenario", "A vendor says its model is obviously unbiased. What would you ask for?"),
    ("W5", True, "scenario", "In what year was ImageNet published?"),
    ("W5", True, "scenario", "When did Google release TensorFlow?"),
    ("W5", True, "scenario", "Which company developed TensorFlow?"),
    ("W5", True, "scenario", "Who is the author of the Adam paper?"),
    ("W5", True, "scenario", "What's the time complexity of quicksort?"),
    ("W5", True, "scenario", "What kind of tree would you be?"),
    ("W5", True, "scenario", "Where will you be in five years?"),
    ("W5", True, "scenario", "Why do you want this job?"),
    ("W5", True, "scenario", "You have a three-litre jug and a five-litre jug; how do you measure four litres?"),
    ("W5", True, "scenario", "A bat and a ball cost 1.10 together; how much is the ball?"),
    ("W5", False, "scenario", "What is the time complexity of your solution, and where would it hurt?"),
    ("W5", False, "scenario", "What kind of tree would you fit to these data?"),
    ("W5", False, "scenario", "When did the team release the fix, by this log?"),
    ("W5", False, "scenario", "Why do you want a queue here?"),
]

"""The nouns, one for each stage, frozen.

    Document -> Article -> Summary -> Story -> Issue -> Edition -> Envelope -> Receipt

A source on the web stands one step before: its Feed has Entries, and they lead to Documents.

A summary holds no text: it holds spans of ``Article.text``, which is fixed for ever once it is
read. So "verbatim" is a property of the types and not the outcome of a later check.
"""

from digest.model.articles import Article as Article
from digest.model.articles import Headline as Headline
from digest.model.articles import Quote as Quote
from digest.model.articles import Span as Span
from digest.model.articles import Story as Story
from digest.model.articles import Summary as Summary
from digest.model.delivery import Edition as Edition
from digest.model.delivery import Envelope as Envelope
from digest.model.delivery import Receipt as Receipt
from digest.model.delivery import Recipient as Recipient
from digest.model.delivery import Send as Send
from digest.model.delivery import SendState as SendState
from digest.model.delivery import State as State
from digest.model.issues import Candidate as Candidate
from digest.model.issues import Fate as Fate
from digest.model.issues import Issue as Issue
from digest.model.issues import Newsletter as Newsletter
from digest.model.issues import Outcome as Outcome
from digest.model.issues import Section as Section
from digest.model.sources import Document as Document
from digest.model.sources import Entry as Entry
from digest.model.sources import Feed as Feed
from digest.model.sources import Mark as Mark

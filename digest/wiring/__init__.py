"""From settings to a pipeline: the one room that names every adapter."""

from digest.wiring.check import check_outside as check_outside
from digest.wiring.check import newest_message as newest_message
from digest.wiring.check import pending_messages as pending_messages
from digest.wiring.mail import secret_key as secret_key
from digest.wiring.mail import server as server
from digest.wiring.mail import signers as signers
from digest.wiring.project import Project as Project
from digest.wiring.project import project as project
from digest.wiring.project import projects as projects
from digest.wiring.project import whole as whole
from digest.wiring.replay import replay as replay
from digest.wiring.run import discard as discard
from digest.wiring.run import pipeline as pipeline
from digest.wiring.run import release as release
from digest.wiring.run import test_pipeline as test_pipeline
from digest.wiring.schedule import book as book
from digest.wiring.schedule import open_slots as open_slots
from digest.wiring.state import open_ledger as open_ledger
from digest.wiring.state import open_recipients as open_recipients
from digest.wiring.web import health as health
from digest.wiring.web import trial as trial

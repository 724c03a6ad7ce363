"""Settings from ``digest.toml``: strict, frozen, every wrong key named with what is accepted."""

from digest.config.delivery import DkimTable as DkimTable
from digest.config.delivery import SmtpTable as SmtpTable
from digest.config.load import FILE as FILE
from digest.config.load import default_file as default_file
from digest.config.load import load as load
from digest.config.load import newsletter as newsletter
from digest.config.load import parse as parse
from digest.config.several import each as each
from digest.config.several import one_of as one_of
from digest.config.tables import Settings as Settings
from digest.config.tables import SourceTable as SourceTable
from digest.config.tables import source_name as source_name

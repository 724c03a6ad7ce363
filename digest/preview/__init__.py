"""The page that shows what would go out: `serve` it, or take `pictures` of the message."""

from digest.preview.pictures import pictures as pictures
from digest.preview.server import Address as Address
from digest.preview.server import serve as serve

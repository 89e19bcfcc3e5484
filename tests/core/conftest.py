from tests.core.workers import port as port
from tests.core.workers import server as server
from tests.core.workers import workers as workers

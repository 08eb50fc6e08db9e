# pip install b24pysdk
# «where»
«import»import sys

from b24pysdk import «class», Client
from b24pysdk.errors import BitrixSDKException

«token»
client = Client(token)

try:
    chat = client.im.chat.get(
        entity_type=«type»,
        entity_id=«id»,
    ).result
except BitrixSDKException as error:
    sys.exit(f"refused: {error}")

if chat is None:
    sys.exit("no chat: there is none, or the pair is built wrongly")
print(chat["ID"])

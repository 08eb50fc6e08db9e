// Inside a page that the portal shows in a frame, after BX24.js (https://api.bitrix24.com/api/v1/).
// It asks as the user of that page, so there is no secret here.
BX24.init(function () {
  BX24.callMethod(
    'im.chat.get',
    { ENTITY_TYPE: «type», ENTITY_ID: «id» },
    function (result) {
      if (result.error()) {
        console.error('refused: ' + result.error())
        return
      }
      var chat = result.data()
      if (chat === null) {
        console.error('no chat: there is none, or the pair is built wrongly')
      } else {
        console.log(chat.ID)
      }
    }
  )
})

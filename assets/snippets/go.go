// go mod init example && go get github.com/bitrix24/b24gosdk
// «where»
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log"
«import»
	b24 "github.com/bitrix24/b24gosdk"
)

func main() {
	client := «client»

	res, err := client.Core().Call(context.Background(), "im.chat.get", b24.Params{
		"ENTITY_TYPE": «type»,
		"ENTITY_ID":   «id»,
	}, b24.WithIdempotent())
	if err != nil {
		log.Fatal("refused: ", err)
	}

	var chat *struct {
		ID b24.ID `json:"ID"`
	}
	if err := json.Unmarshal(res.Result, &chat); err != nil {
		log.Fatal(err)
	}
	if chat == nil {
		log.Fatal("no chat: there is none, or the pair is built wrongly")
	}
	fmt.Println(chat.ID)
}

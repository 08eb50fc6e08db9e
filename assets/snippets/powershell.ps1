# «where»
$body = [Text.Encoding]::UTF8.GetBytes(«body»)

try {
    $reply = Invoke-RestMethod -Method Post -Uri «url» `
        -ContentType 'application/json; charset=utf-8' -Headers @{ Accept = 'application/json' } -Body $body
    if ($null -eq $reply.result) {
        Write-Warning 'no chat: there is none, or the pair is built wrongly'
    } else {
        $reply.result.ID
    }
} catch {
    Write-Warning "refused: $($_.Exception.Message) $($_.ErrorDetails.Message)"
}

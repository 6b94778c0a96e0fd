batch=$(curl -s "https://ocr.example.org/api/batches/" \
  -H "Authorization: Bearer oo_YOUR_KEY" \
  -F images=@page.png -F images=@second.png \
  -o batch.json -w "%header{location}")
# Waits up to a minute; for more files ask again until every one has ended.
curl -s "$batch?wait=60" -H "Authorization: Bearer oo_YOUR_KEY" -o batch.json
curl -s "${batch}export/txt/" -H "Authorization: Bearer oo_YOUR_KEY" -o texts.zip

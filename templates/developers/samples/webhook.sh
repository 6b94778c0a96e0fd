curl "https://ocr.example.org/api/ocr/" \
  -H "Authorization: Bearer oo_YOUR_KEY" \
  -F image=@page.png \
  -F async=true \
  -F callback_url=https://your-server.example.org/done

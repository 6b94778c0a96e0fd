curl "https://ocr.example.org/api/ocr/?format=txt" \
  -H "Authorization: Bearer oo_YOUR_KEY" \
  -F image=@page.png

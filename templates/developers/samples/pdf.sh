curl "https://ocr.example.org/api/ocr/?format=pdf" \
  -H "Authorization: Bearer oo_YOUR_KEY" \
  -F image=@page.png \
  -o searchable.pdf

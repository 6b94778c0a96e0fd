curl "https://ocr.example.org/api/ocr/?format=xlsx" \
  -H "Authorization: Bearer oo_YOUR_KEY" \
  -F image=@page.png \
  -o tables.xlsx

"""Typefaces that imitate handwriting, from formal scripts to a child's print.

Names of Google Fonts' families, each under the OFL 1.1 or the Apache License 2.0.
"""

from __future__ import annotations

HANDWRITTEN = (
    "alex-brush allura amatic-sc annie-use-your-telescope architects-daughter arizonia averia- "
    "serif-libre bad-script bilbo-swash-caps borel butterfly-kids cabin-sketch calligraffitti "
    "caveat caveat-brush cedarville-cursive charm charmonman chewy comforter coming-soon "
    "condiment cookie corinthia courgette covered-by-your-grace cutive-mono damion dancing-script "
    "darumadrop-one dawning-of-a-new-day dekko delius devonshire dr-sugiyama eagle-lake ephesis "
    "euphoria-script farsan felipa finger-paint fondamento fuzzy-bubbles gloria-hallelujah gochi- "
    "hand grand-hotel grape-nuts great-vibes hachi-maru-pop handlee herr-von-muellerhoff "
    "homemade-apple hurricane indie-flower inspiration island-moments italianno itim jim- "
    "nightshade just-another-hand just-me-again-down-here kalam kaushan-script klee-one kolker- "
    "brush la-belle-aurore life-savers londrina-sketch love-light loved-by-the-king mali mansalva "
    "marck-script mea-culpa meow-script merienda miss-fajardose montez moon-dance mouse-memoirs "
    "mr-dafoe mrs-sheppards ms-madi mynerve nerko-one neucha niconne norican nothing-you-could-do "
    "pacifico pangolin parisienne patrick-hand permanent-marker pinyon-script playpen-sans "
    "playwrite-es playwrite-pl playwrite-us-trad puppies-play qwigley rancho reenie-beanie ribeye "
    "rochester rock-salt rosarivo rouge-script ruluko ruthie sacramento satisfy schoolbell "
    "sedgwick-ave sedgwick-ave-display shadows-into-light shadows-into-light-two short-stack "
    "sofia sriracha sue-ellen-francisco sunshiney swanky-and-moo-moo tangerine the-girl-next-door "
    "vibur waiting-for-the-sunrise whisper yellowtail yomogi zen-kurenaido zeyada"
).split()

// Runs once in the head of every page: asks whether this PC draws maps with a real graphics
// card, and turns Streamlit's built-in English words into German ones as they appear.
(() => {
  const remember = (value) => {
    document.cookie = `karte=${value}; path=/; SameSite=Lax; max-age=31536000`;
  };

  function hasGraphicsCard() {
    const canvas = document.createElement("canvas");
    const gl = canvas.getContext("webgl2") || canvas.getContext("webgl");
    if (!gl) return false;
    const info = gl.getExtension("WEBGL_debug_renderer_info");
    const renderer = String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
    gl.getExtension("WEBGL_lose_context")?.loseContext();
    return !/swiftshader|llvmpipe|software|basic render|virtual|vmware|citrix/i.test(renderer);
  }

  // The map for graphics cards opens at a zoom for screens wider than a phone's.
  const narrow = matchMedia("(max-width: 640px)").matches;
  if (!narrow && !/(^|; )karte=/.test(document.cookie)) remember(hasGraphicsCard() ? "webgl" : "svg");

  // A page completes its own address right after opening. That is no step to go back to. A step
  // of the reader adds one key to a link that said less, at most.
  const push = history.pushState.bind(history);
  const completes = (before, after) => {
    const [old, now] = [before, after].map((url) => new URLSearchParams(url.search));
    const kept = [...old].every(([key, value]) => now.get(key) === value);
    return before.pathname === after.pathname && kept && (!old.size || now.size > old.size + 1);
  };
  // On the way to another page the address is completed first, and the path follows: the page that
  // is left gets its own address back.
  let left = null;
  history.pushState = (state, title, url) => {
    const address = new URL(url, location.href);
    if (completes(location, address)) {
      left = location.href;
      history.replaceState(state, title, url);
      return;
    }
    if (left && address.search === location.search) history.replaceState(state, title, left);
    left = null;
    push(state, title, url);
  };

  // The zones a reader put together go along wherever a link leads.
  const pass = (event) => {
    const link = event.composedPath().find((node) => node.matches?.("a[href^='./']"));
    const zones = new URLSearchParams(location.search).get("zonen");
    if (!link || !zones) return;
    const target = new URL(link.getAttribute("href"), document.baseURI);
    if (target.searchParams.has("zonen") || target.pathname.includes(".")) return;
    target.searchParams.set("zonen", zones);
    link.href = target.href;
  };
  for (const kind of ["pointerdown", "focusin"]) addEventListener(kind, pass, true);

  const WORDS = new Map(Object.entries({
    "Skip to main content": "Zum Inhalt springen",
    "Fullscreen": "Vollbild",
    "Exit fullscreen": "Vollbild beenden",
    "Close fullscreen": "Vollbild beenden",
    "Close": "Schließen",
    "Clear all": "Auswahl leeren",
    "Clear value": "Eingabe leeren",
    "Clear selection": "Auswahl aufheben",
    "Clear": "Leeren",
    "Select all": "Alle auswählen",
    "Delete": "Entfernen",
    "open": "öffnen",
    "Open": "Öffnen",
    "Selected values": "Gewählte Werte",
    "Navigate to home page": "Zur Startseite",
    "No results": "Nichts gefunden",
    "Choose an option": "Bitte wählen",
    "Choose options": "Bitte wählen",
    "Running...": "Wird geladen …",
    "RUNNING...": "Wird geladen …",
    "Running…": "Wird geladen …",
    "Stop": "Anhalten",
    "CONNECTING": "Verbindung wird aufgebaut",
    "Connecting": "Verbindung wird aufgebaut",
    "Please wait...": "Bitte warten …",
    "Connection error": "Keine Verbindung",
    "Connection failed": "Keine Verbindung",
    "Page not found": "Seite nicht gefunden",
    "Main menu": "Hauptmenü",
    "Sidebar": "Seitenleiste",
    "App pages": "Seiten der Anwendung",
    "Open sidebar": "Menü öffnen",
    "Close sidebar": "Menü schließen",
    "Collapse sidebar": "Menü schließen",
    "Expand sidebar": "Menü öffnen",
    "Show more": "Mehr zeigen",
    "Show less": "Weniger zeigen",
    "Zoom in": "Vergrößern",
    "Zoom out": "Verkleinern",
    "Loading...": "Wird geladen …",
    "Loading": "Wird geladen",
    "Search": "Suchen",
    "Press Enter to apply": "Mit Eingabetaste übernehmen",
    "Press Enter to submit form": "Mit Eingabetaste absenden",
    "Upload": "Dateien wählen",
    "file upload": "Dateien wählen",
    "Add files": "Weitere Dateien",
    "Drag and drop files here": "Dateien hierher ziehen",
    "Drop files here": "Dateien hier loslassen",
  }));
  const PHRASES = [
    [/^Is Streamlit still running\?.*/s,
      "Die Verbindung zum Server ist unterbrochen. Die Seite verbindet sich von selbst wieder."],
    [/^If you accidentally stopped Streamlit,.*/s, ""],
    [/^streamlit run yourscript\.py$/, ""],
    [/^Fullscreen: /, "Vollbild: "],
    [/^Show data: /, "Daten zeigen: "],
    [/^Show chart: /, "Diagramm zeigen: "],
    [/^Download as PNG: /, "Als PNG herunterladen: "],
    [/^Download as SVG: /, "Als SVG herunterladen: "],
    [/^Copy Vega-Lite spec: /, "Vega-Lite-Beschreibung kopieren: "],
    [/^visualization$/, "Diagramm"],
    [/^(.*) mark container$/, "Teil eines Diagramms"],
    [/^Close fullscreen: /, "Vollbild beenden: "],
    [/^Remove (.*)$/, "$1 entfernen"],
    [/^You can only select up to (\d+) options?\. Remove an option first\.$/,
      "Höchstens $1 Gebiete. Bitte zuerst eines entfernen."],
    [/^Selected (.+?)\. (.+)$/, "Gewählt: $1"],
    [/^X-axis titled '(.*)'/, "Waagerechte Achse „$1“"],
    [/^Y-axis titled '(.*)'/, "Senkrechte Achse „$1“"],
    [/ for a (linear|discrete|time|band|point) scale/, ""],
    [/ with values from (.*) to (.*)$/, " mit Werten von $1 bis $2"],
    [/ with (\d+) values: /, " mit $1 Werten: "],
    [/ ending with /, " und zuletzt "],
    [/^Help for /, "Hilfe: "],
    [/^(\d+)MB per file/, "Höchstens $1 MB je Datei"],
    [/^File must be (\d+(?:\.\d+)?)MB or smaller\.$/, "Höchstens $1 MB je Datei."],
    [/^(\S+) files are not allowed\.$/, "Dateien der Art $1 werden nicht angenommen."],
    [/^(\d+) characters? remaining$/, "noch $1 Zeichen"],
    [/^You have requested page .*$/, "Diese Adresse gibt es hier nicht. Gezeigt wird die Startseite."],
    [/^The page that you have requested does not seem to exist.*$/,
      "Diese Adresse gibt es hier nicht. Gezeigt wird die Startseite."],
  ];

  function german(text) {
    if (document.documentElement.lang !== "de") return text;
    const trimmed = text.trim();
    const word = WORDS.get(trimmed);
    if (word) return text.replace(trimmed, () => word);
    return PHRASES.reduce((result, [pattern, german]) => result.replace(pattern, german), text);
  }

  const ATTRIBUTES = ["aria-label", "title", "placeholder", "aria-roledescription", "alt"];

  // What the app wrote itself is German already; only the button for files is Streamlit's.
  const isOwn = (node) => node.closest("[data-testid=stMarkdownContainer]")
    && !node.closest("[data-testid=stFileUploaderDropzone]");

  function translate(node) {
    if (node.nodeType === Node.TEXT_NODE) {
      const parent = node.parentElement;
      if (!parent || parent.closest("script,style,textarea") || isOwn(parent)) return;
      const text = german(node.data);
      if (text !== node.data) node.data = text;
    } else if (node.nodeType === Node.ELEMENT_NODE) {
      for (const name of ATTRIBUTES) {
        const value = node.getAttribute(name);
        if (value && german(value) !== value) node.setAttribute(name, german(value));
      }
      node.childNodes.forEach(translate);
    }
  }

  // Streamlit's menu on small screens puts section heads between list items, which is no list.
  // A place for files that can be focused is no decoration.
  const DROPZONE = "[data-testid=stFileUploaderDropzone][role=presentation]";
  const MENU = "[data-testid=stSidebarNavItems], [data-testid=stSidebarNavItems] li";

  function mend(node) {
    translate(node);
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    for (const zone of document.querySelectorAll(DROPZONE)) zone.setAttribute("role", "group");
    for (const item of document.querySelectorAll(MENU)) {
      if (item.getAttribute("role") !== "presentation") item.setAttribute("role", "presentation");
    }
  }

  new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "childList") change.addedNodes.forEach(mend);
      else translate(change.target);
    }
  }).observe(document.documentElement, {
    subtree: true, childList: true, characterData: true,
    attributes: true, attributeFilter: ATTRIBUTES,
  });
})();

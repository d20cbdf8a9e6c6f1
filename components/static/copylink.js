// "Link kopieren": the address of this view goes to the clipboard, and the button says so.
export default function render({ data, parentElement }) {
  const button = parentElement.querySelector("button");
  button.textContent = data.label;
  button.disabled = false;
  button.onclick = async () => {
    const link = new URL(location.pathname + "?" + data.query, location.origin).href;
    try {
      await navigator.clipboard.writeText(link);
    } catch {
      // Without https the clipboard is closed to scripts; the old way still works there.
      const field = Object.assign(document.createElement("textarea"), { value: link });
      document.body.append(field);
      field.select();
      document.execCommand("copy");
      field.remove();
    }
    button.textContent = data.done;
    button.dataset.link = link;
    setTimeout(() => { button.textContent = data.label; }, 2500);
  };
}

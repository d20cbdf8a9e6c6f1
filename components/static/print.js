// "Drucken": the browser's own dialog, which also makes a PDF.
export default function render({ data, parentElement }) {
  const button = parentElement.querySelector("button");
  button.textContent = data.label;
  button.onclick = () => window.print();
}

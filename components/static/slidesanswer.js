// What the server answers, and the way to ask it: handed on to the stage, which draws.
import { answered } from "./slidesstage.js";

export default function render({ data, parentElement, setStateValue }) {
  answered(data, (wanted) => setStateValue("wanted", wanted), parentElement);
}

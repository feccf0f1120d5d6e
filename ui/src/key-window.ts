import { mount } from "svelte";
import { tauriHost } from "./host";
import KeyWindow from "./pages/KeyWindow.svelte";
import "./theme.css";

const target = document.getElementById("app");
if (target) mount(KeyWindow, { target, props: { host: tauriHost() } });

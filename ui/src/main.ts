import { mount } from "svelte";
import App from "./App.svelte";
import { tauriHost } from "./host";
import "./theme.css";

const target = document.getElementById("app");
if (target) mount(App, { target, props: { host: tauriHost() } });

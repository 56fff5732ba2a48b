// Mounts the page.
import "./styles/index.css";
import { mount } from "svelte";
import App from "./App.svelte";

import "./lib/worker";

const target = document.getElementById("app");
if (target) mount(App, { target });

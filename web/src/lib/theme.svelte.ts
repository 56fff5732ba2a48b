// Light, dark, or as the device says; remembered on the device.

export type Theme = "device" | "light" | "dark";
const KEY = "phongtruc.theme";

function read(): Theme {
  const kept = localStorage.getItem(KEY);
  return kept === "light" || kept === "dark" ? kept : "device";
}

class ThemeChoice {
  value: Theme = $state(read());

  constructor() {
    this.show();
  }
  set(value: Theme): void {
    this.value = value;
    if (value === "device") localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, value);
    this.show();
  }
  private show(): void {
    if (this.value === "device") delete document.documentElement.dataset["theme"];
    else document.documentElement.dataset["theme"] = this.value;
  }
}

export const theme = new ThemeChoice();

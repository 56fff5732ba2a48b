// Whether keys of one letter act; remembered on the device.

const KEY = "phongtruc.keys";
let on = $state(localStorage.getItem(KEY) !== "off");

export const areKeysOn = (): boolean => on;
export function setKeys(value: boolean): void {
  on = value;
  if (value) localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, "off");
}

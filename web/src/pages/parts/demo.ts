// Whether this window has seen the demonstration: before signing in nobody says so, and its people have no passwords.
const KEY = "phongtruc.demo";

export const sawDemo = (): void => sessionStorage.setItem(KEY, "1");
export const wasDemo = (): boolean => sessionStorage.getItem(KEY) !== null;

// Stamps are seen where documents bear them, and everyday words are left in peace.
import { expect, test } from "vitest";
import { stampOf } from "./stamped";

test("a stamp that stands alone, whatever frames it", () => {
  expect(stampOf("UBND TỈNH X\nMẬT\nSố: 12/BC")).toBe("MẬT");
  expect(stampOf("  ** TỐI MẬT **  \r\nV/v")).toBe("TỐI MẬT");
  expect(stampOf("[ TUYỆT  MẬT ]")).toBe("TUYỆT MẬT");
  expect(stampOf("Cơ quan\tMẬT\tSố 1")).toBe("MẬT");
  // As a program that takes letters apart copies it.
  expect(stampOf("TỐI MẬT".normalize("NFD"))).toBe("TỐI MẬT");
});

test("the head of a document that says its level", () => {
  expect(stampOf("Độ mật: Tối mật")).toBe("TỐI MẬT");
  expect(stampOf("ĐỘ MẬT – MẬT")).toBe("MẬT");
  expect(stampOf("Chỉ người có tên mới được bóc bì")).toBe("MẬT");
  expect(stampOf("Tài liệu tuyệt mật, bản số 3")).toBe("TUYỆT MẬT");
});

test("everyday words are no stamp", () => {
  for (const words of [
    "",
    "Đổi mật khẩu ngay",
    "mật",
    "Mật ong rừng",
    "Mật độ giao thông tăng, khu vực dân cư mật độ cao",
    "Không đưa nội dung bí mật nhà nước vào hệ thống này.",
    "Nghi lộ tài liệu mật trên mạng",
    "ĐÔNG MẬT TẬP",
    "Độ mật ong: 20%",
  ]) {
    expect(stampOf(words), words).toBeNull();
  }
});

import type { FormErrors } from "#components/ui/use-form.ts";
import { LIMITS } from "#lib/chat/limits.ts";
import type { Refusal } from "#lib/chat/refusal.ts";
import type { Catalog } from "#lib/i18n/en.ts";

/** What can be seen to be wrong with a new account before it is sent; the server looks again. */
export function checkAccount({ auth }: Catalog, values: Record<string, string>): FormErrors {
  const { name = "", email = "", password = "" } = values;
  return {
    name: name.trim() ? undefined : auth.wrong.name(LIMITS.personName),
    email: looksLikeEmail(email) ? undefined : auth.wrong.email,
    password: password.length >= LIMITS.password.least ? undefined : auth.wrong.password(LIMITS.password.least),
  };
}

export function looksLikeEmail(text: string): boolean {
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text.trim());
}

/** Words the server's answer about one field of a new account. */
export function wordAccountRefusal({ auth }: Catalog, refusal: Refusal): FormErrors | undefined {
  switch (refusal.field) {
    case "placeName":
      return { placeName: auth.wrong.placeName(LIMITS.placeName) };
    case "name":
      return { name: auth.wrong.name(LIMITS.personName) };
    case "email":
      return { email: refusal.code === "forbidden" ? auth.wrong.emailTaken : auth.wrong.email };
    case "password":
      return { password: auth.wrong.password(LIMITS.password.least) };
    case "code":
      return { code: auth.wrong.code };
    default:
      return undefined;
  }
}

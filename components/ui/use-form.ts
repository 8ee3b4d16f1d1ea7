"use client";

import { type SubmitEvent, useRef, useState, useSyncExternalStore } from "react";
import { isRefusal, type Refusal } from "#lib/chat/refusal.ts";
import { wordRefusal } from "#lib/i18n/word-refusal.ts";
import { useCatalog } from "./i18n-provider.tsx";
import { useComposition } from "./use-composition.ts";

/** A sentence for each field that is wrong, by its name; `form` speaks of the whole. */
export type FormErrors = Record<string, string | undefined>;

interface FormOptions {
  /** Looks at the values before they are sent. */
  check?: (values: Record<string, string>) => FormErrors;
  /** Sends them; may throw a Refusal. */
  send: (values: Record<string, string>) => Promise<void>;
  /** Words a refusal that belongs to a field; undefined leaves it to the catalog's general sentence. */
  word?: (refusal: Refusal) => FormErrors | undefined;
}

/**
 * A form whose inputs the browser holds: they are read at submit, so what a password manager or an input method wrote counts, and
 * nothing typed is lost when the server refuses. Sends once at a time; afterwards the first wrong field has the focus.
 */
export function useForm({ check, send, word }: FormOptions) {
  const catalog = useCatalog();
  const [busy, setBusy] = useState(false);
  const [errors, setErrors] = useState<FormErrors>({});
  const sending = useRef(false);
  const isReady = useSyncExternalStore(never, yes, no);
  const { ref } = useComposition<HTMLFormElement>({
    onSubmit(_text, field) {
      field.form?.requestSubmit();
      return undefined;
    },
  });

  async function onSubmit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    if (sending.current) return;
    const form = event.currentTarget;
    const values = valuesOf(form);
    const wrong = check?.(values) ?? {};
    if (Object.values(wrong).some(Boolean)) return refuse(form, wrong);
    sending.current = true;
    setBusy(true);
    setErrors({});
    try {
      await send(values);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      refuse(form, word?.(error) ?? { form: wordRefusal(catalog, error) });
    } finally {
      sending.current = false;
      setBusy(false);
    }
  }

  function refuse(form: HTMLFormElement, wrong: FormErrors) {
    setErrors(wrong);
    const first = [...form.elements].find((element) => element instanceof HTMLInputElement && wrong[element.name]);
    if (first instanceof HTMLElement) first.focus();
  }

  function onInput(event: { target: EventTarget }) {
    const { name } = event.target as HTMLInputElement;
    if (errors[name] || errors.form) setErrors({ ...errors, [name]: undefined, form: undefined });
  }

  return {
    errors,
    // Were it sent by the browser itself, a password must not stand in the address.
    props: { ref, method: "post", noValidate: true, onSubmit, onInput },
    // A disabled submit button keeps the browser from sending the form itself, by Enter too, before this code has loaded.
    submit: { type: "submit", busy, disabled: !isReady, "data-waiting": isReady ? undefined : true },
  } as const;
}

const never = () => () => {};
const yes = () => true;
const no = () => false;

function valuesOf(form: HTMLFormElement): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, value] of new FormData(form)) if (typeof value === "string") values[name] = value;
  return values;
}

import type { ComponentProps } from "react";
import { classNames } from "./class-names.ts";

/** One line of text. */
export function Input({ className, ...rest }: ComponentProps<"input">) {
  return <input {...rest} className={classNames("control h-11 w-full min-w-0 px-3 text-body sm:h-10", className)} />;
}

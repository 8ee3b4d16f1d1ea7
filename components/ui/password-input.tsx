"use client";

import { Eye, EyeOff } from "lucide-react";
import { type ComponentProps, useState } from "react";
import { useCatalog } from "./i18n-provider.tsx";
import { IconButton } from "./icon-button.tsx";
import { Input } from "./input.tsx";

/** A password with an eye to look at it. */
export function PasswordInput(props: Omit<ComponentProps<"input">, "type">) {
  const { common } = useCatalog();
  const [visible, setVisible] = useState(false);
  return (
    <div className="relative">
      <Input
        {...props}
        type={visible ? "text" : "password"}
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        className="pe-12"
      />
      <IconButton
        label={visible ? common.hidePassword : common.showPassword}
        side="none"
        size="small"
        aria-pressed={visible}
        onClick={() => setVisible(!visible)}
        className="absolute inset-y-0 end-1.5 my-auto aria-pressed:bg-transparent aria-pressed:text-ink"
      >
        {visible ? <EyeOff size={18} aria-hidden="true" /> : <Eye size={18} aria-hidden="true" />}
      </IconButton>
    </div>
  );
}

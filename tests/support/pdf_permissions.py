# SPDX-License-Identifier: Apache-2.0
"""What a signature may say of later changes (ISO 32000-1, 12.8.2)."""


def mdp(level, lock=""):
    reference = f"<</Type /SigRef /TransformMethod /DocMDP /TransformParams <</Type /TransformParams /P {level} /V /1.2>>>>"
    return f"/Reference [{reference}{lock}] "


def field_mdp(action, *names):
    fields = "".join(f"({name})" for name in names)
    return (f"<</Type /SigRef /TransformMethod /FieldMDP /TransformParams <</Type /TransformParams /V /1.2 /Action /{action} "
            f"/Fields [{fields}]>>>>")

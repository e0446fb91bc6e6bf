from bonphuong.kit.registering import FamilyConfig, kind, kit_family


class BridgesConfig(FamilyConfig):
    name = "bonphuong.families.bridges"
    label = "bridges"
    family = kit_family(
        code="bridges",
        label="bridge",
        plural="Bridges",
        model="bridges.Bridge",
        kinds=(
            kind("bridge", "bridge", "Bridges", prefix="CAU", procedure="bridges.bridge", hints=("cầu",)),
        ),
    )

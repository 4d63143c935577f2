"""The people of the demo company: who they are, whom they report to, what they may do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hire:
    """One person; `key` is also the first part of the e-mail."""

    key: str
    name: str
    position: str
    department: str
    manager: str = ""
    language: str = "ru"
    zone: str = "Europe/Moscow"
    roles: tuple[tuple[str, str], ...] = ()
    # In roubles or, in Berlin, euros; 0: no limit is stated.
    limit: int = 0
    limit_currency: str = "RUB"


MOSCOW, FAR_EAST, EUROPE = "moscow", "far_east", "europe"
VLADIVOSTOK, KAMCHATKA, BERLIN = "Asia/Vladivostok", "Asia/Kamchatka", "Europe/Berlin"
EVERYWHERE = ""

# key: name, above it, its head
DEPARTMENTS = {
    "board": ("Дирекция / Management", "", "andrey"),
    "finance": ("Финансы / Finance", "board", "gleb"),
    "marketing": ("Маркетинг / Marketing", "board", "vera"),
    "digital": ("Цифровой маркетинг / Digital marketing", "marketing", "boris"),
    "it": ("ИТ / IT", "board", "igor"),
    "infrastructure": ("Инфраструктура / Infrastructure", "it", "oleg"),
    "operations": ("Операции / Operations", "board", "helen"),
    "warehouse": ("Склад и логистика / Warehouse", "operations", "ruslan"),
    "people": ("Персонал и офис / People and office", "board", "nina"),
    "office": ("АХО / Office services", "people", "daria"),
    "far_east": ("Филиал «Восток» / Far East", "board", "timur"),
    "europe": ("Velmira Europe", "board", "jonas"),
}

STAFF = (
    Hire("andrey", "Лазарев Андрей Викторович", "Генеральный директор", "board"),
    Hire("gleb", "Ордынцев Глеб Аркадьевич", "Финансовый директор", "finance", "andrey",
         roles=(("CFO", EVERYWHERE), ("ROUTE_OWNER", EVERYWHERE)), limit=10_000_000),
    Hire("vera", "Vera Lindholm", "Marketing director", "marketing", "andrey", "en", limit=2_000_000),
    Hire("igor", "Игнатов Игорь Павлович", "ИТ-директор", "it", "andrey", limit=2_000_000,
         roles=(("ADMINISTRATOR", EVERYWHERE),)),
    Hire("helen", "Helen Marsh", "Chief operating officer", "operations", "andrey", "en",
         limit=3_000_000),
    Hire("nina", "Северцева Нина Михайловна", "Директор по персоналу и АХО", "people", "andrey",
         limit=1_500_000),
    Hire("timur", "Асланов Тимур Русланович", "Директор филиала «Восток»", "far_east", "andrey",
         zone=VLADIVOSTOK, limit=2_000_000),
    Hire("jonas", "Jonas Reinholt", "Managing director, Europe", "europe", "andrey", "en", BERLIN,
         limit=50_000, limit_currency="EUR"),
    Hire("boris", "Boris Ekman", "Head of digital marketing", "digital", "vera", "en", limit=300_000),
    Hire("oleg", "Хворостов Олег Денисович", "Руководитель инфраструктуры", "infrastructure", "igor",
         limit=300_000),
    Hire("ruslan", "Бекетов Руслан Ильич", "Начальник склада", "warehouse", "helen", limit=500_000),
    Hire("daria", "Полозова Дарья Константиновна", "Руководитель АХО", "office", "nina",
         limit=150_000),
    Hire("clara", "Clara Whitfield", "Senior accountant", "finance", "gleb", "en",
         roles=(("ACCOUNTANT", MOSCOW),)),
    Hire("zoya", "Зимина Зоя Фёдоровна", "Бухгалтер филиала", "finance", "gleb", zone=VLADIVOSTOK,
         roles=(("ACCOUNTANT", FAR_EAST),)),
    Hire("lukas", "Lukas Brandt", "Accountant, Europe", "finance", "gleb", "en", BERLIN,
         roles=(("ACCOUNTANT", EUROPE),)),
    Hire("tamara", "Ульянцева Тамара Львовна", "Казначей", "finance", "gleb",
         roles=(("TREASURER", EVERYWHERE),)),
    Hire("galina", "Ключевская Галина Петровна", "Специалист по договорам", "finance", "gleb",
         roles=(("PARTY_KEEPER", EVERYWHERE),)),
    Hire("anna", "Anna Sorensen", "Marketing manager", "digital", "boris", "en"),
    Hire("maria", "Мельникова Мария Андреевна", "Офис-менеджер", "office", "daria"),
    Hire("kirill", "Дроздецкий Кирилл Маркович", "Системный инженер", "infrastructure", "oleg"),
    Hire("peter", "Peter Novak", "Cloud engineer", "infrastructure", "oleg", "en"),
    Hire("yana", "Чайкина Яна Эдуардовна", "Логист", "far_east", "timur", zone=KAMCHATKA),
    Hire("emma", "Emma Fischer", "Office coordinator", "europe", "jonas", "en", BERLIN),
    Hire("admin", "Roman Rudnik", "System administrator", "it", "igor", "en",
         roles=(("ADMINISTRATOR", EVERYWHERE),)),
    Hire("audit", "Agnes Thornton", "Internal auditor", "board", "andrey", "en",
         roles=(("AUDITOR", EVERYWHERE),)),
)  # fmt: skip

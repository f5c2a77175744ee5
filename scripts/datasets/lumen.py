#!/usr/bin/env python3
"""Write the exports of Lumen, a made-up home-goods shop.

    lumen.py OUTDIR [--seed 2025]

Six files: customers.csv, orders.csv, events.csv and feedback.csv are what a shop would export;
planted_segments.csv and planted.json tell what was hidden in them, so that a program can be
asked whether it finds it. No row describes a real person.

Only the standard library is used, and `random.Random(seed).random()` is the one source of
chance, so the files are the same bytes on every run.

Time is counted in days: day 0 is 2024-01-01, day 730 is 2025-12-31, the last day of the data.
A journey is laid out on whole days. Touchpoints of a journey are at most 3 days apart and
journeys of a customer at least 10 days, which leaves 4 and 9 whatever the hours are.
"""

import argparse
import csv
import datetime
import json
import math
import os
import random

FIRST_DAY = datetime.date(2024, 1, 1)
LAST = 730
AS_OF = LAST + 1
MIN_GAP = 10

STAGES = ["Awareness", "Consideration", "Decision", "Purchase", "Post-purchase", "Loyalty"]
AWARENESS, CONSIDERATION, DECISION, PURCHASE, POST, LOYALTY = range(6)
EVENTS = [
    ["ad_clicked", "social_visit", "blog_read", "landing_viewed"],
    ["product_viewed", "search_performed", "reviews_read", "wishlist_added"],
    ["product_added", "checkout_started"],
    ["order_completed"],
    ["order_tracked", "delivery_confirmed", "support_contacted", "return_requested"],
    ["review_written", "referral_sent", "points_redeemed"],
]
BASE_RATES = [0.80, 0.72, 0.78, 0.85, 0.40]  # from each stage to the next

CHANNELS = ["email", "organic_search", "paid_search", "social", "display", "direct", "referral"]
DISPLAY, REFERRAL = "display", "referral"
DISPLAY_FACTOR = 0.6    # Awareness to Consideration, against all other channels
REFERRAL_FACTOR = 1.15  # Decision to Purchase, against all other channels

CATEGORIES = ["lighting", "textiles", "kitchen", "furniture", "gifts"]
HOUSEHOLDS = ["single", "couple", "family", "shared"]
COUNTRIES = ["United Kingdom", "Ireland", "Germany", "France", "Netherlands"]
ORDER_CHANNELS = ["web", "app", "store"]

# Per segment. `orders` are weights by number of orders; `recency` is days since the last order,
# `skew` below 1 pulls it to the high end; `lead` is how long before the first order a journey may lie
# (None: from day 0); `late` is the chance of a failed journey after the last order.
# `entry` are weights in the order of CHANNELS, `weekdays` from Monday, `hours` (mean, spread, share).
SEGMENTS = {
    "Champions": dict(
        size=450, orders={12: 34, 13: 22, 14: 14, 15: 9, 16: 6, 17: 4, 18: 3, 19: 2, 20: 2, 21: 1, 22: 1, 23: 1, 24: 1},
        recency=(1, 20), skew=0.6, median=110, sigma=0.30, leak=(POST, 0.15), lead=None, late=0.4,
        entry=[34, 16, 8, 6, 12, 16, 8], tastes=[38, 12, 34, 10, 6], discounted=0.12, refunded=0.09,
        selling=[56, 36, 8], weekdays=[20, 20, 19, 18, 15, 4, 4], hours=[(9.3, 1.2, 0.8), (18.0, 2.0, 0.2)],
        age=(45, 10), household=[18, 32, 44, 6], newsletter=0.82, veteran=0.5),
    "Steady regulars": dict(
        size=1100, orders={5: 62, 6: 25, 7: 9, 8: 4},
        recency=(12, 60), skew=0.8, median=60, sigma=0.40, leak=(CONSIDERATION, 0.45), lead=None, late=0.6,
        entry=[20, 24, 12, 8, 12, 16, 8], tastes=[16, 34, 26, 12, 12], discounted=0.12, refunded=0.03,
        selling=[62, 24, 14], weekdays=[14, 15, 15, 15, 14, 14, 13], hours=[(12.5, 2.0, 0.6), (19.0, 1.8, 0.4)],
        age=(49, 12), household=[26, 34, 34, 6], newsletter=0.64, veteran=0.25),
    "Promising newcomers": dict(
        size=900, orders={1: 80, 2: 20},
        recency=(4, 40), skew=0.8, median=55, sigma=0.40, leak=(PURCHASE, 0.50), lead=120, late=0.3,
        entry=[8, 18, 14, 30, 12, 10, 8], tastes=[24, 26, 28, 8, 14], discounted=0.12, refunded=0.03,
        selling=[34, 60, 6], weekdays=[13, 13, 14, 14, 15, 16, 15], hours=[(13.0, 2.2, 0.4), (20.5, 1.5, 0.6)],
        age=(31, 8), household=[34, 28, 12, 26], newsletter=0.52, veteran=0.0),
    "Slipping spenders": dict(
        size=800, orders={4: 62, 5: 23, 6: 9, 7: 4, 8: 2},
        recency=(130, 260), skew=1.0, median=150, sigma=0.35, leak=(DECISION, 0.45), lead=None, late=0.05,
        entry=[16, 22, 14, 10, 12, 18, 8], tastes=[14, 16, 10, 52, 8], discounted=0.45, refunded=0.03,
        selling=[64, 22, 14], weekdays=[7, 7, 7, 7, 10, 31, 31], hours=[(20.2, 1.2, 0.75), (14.0, 2.0, 0.25)],
        age=(53, 11), household=[18, 46, 30, 6], newsletter=0.40, veteran=0.3),
    "One-and-done": dict(
        size=1500, orders={1: 1},
        recency=(260, 690), skew=1.0, median=35, sigma=0.45, leak=(AWARENESS, 0.45), lead=170, late=0.03,
        entry=[6, 18, 34, 12, 12, 10, 8], tastes=[12, 16, 18, 8, 46], discounted=0.12, refunded=0.03,
        selling=[72, 20, 8], weekdays=[14, 14, 14, 14, 15, 15, 14], hours=[(12.8, 2.5, 0.6), (20.0, 1.8, 0.4)],
        age=(40, 14), household=[34, 30, 22, 14], newsletter=0.24, veteran=0.0),
}
PROSPECTS = dict(
    size=250, rates=[0.5, 0.4], entry=[8, 22, 22, 18, 12, 10, 8], hours=[(13.0, 2.5, 0.5), (20.0, 1.8, 0.5)],
    age=(38, 13), household=[32, 30, 22, 16], newsletter=0.45)

# One-and-done buyers come for presents: most of their orders fall into November and December 2024.
GIFT_SEASON = (305, 360)
GIFT_SEASON_SHARE = 0.65
GIFT_SEASON_TASTES = [5, 7, 7, 3, 78]
WHALES = 9

# Answers asked for: metric, stage, number per segment (in the order of SEGMENTS).
SURVEYS = [
    ("CSAT", CONSIDERATION, [80, 140, 50, 60, 4]),
    ("CSAT", DECISION, [110, 110, 60, 110, 5]),
    ("CES", DECISION, [90, 80, 40, 90, 3]),
    ("CSAT", PURCHASE, [110, 100, 80, 80, 6]),
    ("CSAT", POST, [130, 90, 50, 70, 4]),
    ("CES", POST, [110, 80, 40, 60, 3]),
    ("NPS", LOYALTY, [220, 200, 60, 90, 5]),
]
SCALES = {"NPS": (0, 10), "CSAT": (1, 5), "CES": (1, 7)}
# Mean score per segment: usual, and at the stage where the leak of the segment starts.
LEVELS = {
    "NPS": {"Champions": 8.8, "Steady regulars": 7.4, "Promising newcomers": 7.9, "Slipping spenders": 5.6, "One-and-done": 6.0},
    "CSAT": {"Champions": 4.4, "Steady regulars": 4.1, "Promising newcomers": 4.2, "Slipping spenders": 3.9, "One-and-done": 3.6},
    "CES": {"Champions": 6.0, "Steady regulars": 5.7, "Promising newcomers": 5.6, "Slipping spenders": 5.3, "One-and-done": 5.0},
}
LOW_LEVELS = {"CSAT": 2.5, "CES": 3.2}
SPREADS = {"NPS": 1.5, "CSAT": 0.85, "CES": 1.1}

PRAISE = {
    CONSIDERATION: ["Found it at once.", "Good photos, clear sizes.", "The reviews helped."],
    DECISION: ["Quick checkout.", "Easy, no account needed.", "Paid in a minute."],
    PURCHASE: ["All clear.", "Nice confirmation, thank you.", "Price as promised."],
    POST: ["Arrived early.", "Well packed, nothing broken.", "The driver was kind."],
    LOYALTY: ["Would buy again.", "Lovely lamp, warm light.", 'My sister said "where is that from?"', "Told my friends."],
}
COMPLAINTS = {
    CONSIDERATION: ["Search found nothing.", "Too many filters, none for size.", 'Is "oak" real oak?', "No measurements."],
    DECISION: ["Delivery cost came late.", "My code did not work, twice.",
               'The page said "try again later".', "Card refused, no reason given."],
    PURCHASE: ["No e-mail, no receipt.", "Did my order go through?", 'It only said "done".'],
    POST: ["Late, and no news.", "Box was dented, lamp was fine.", "The return took three weeks.",
           'Tracking said "pending" for days.'],
    LOYALTY: ["Points ran out.", "Fine, but dear.", "Would not order again."],
}

FIRST_NAMES = """ada alba anouk arlo basil bea bram cleo cora dara edda elio emil enid esme fenn flora gus hale hana
ida ines iris ivo ivy jade jonas juno kai lark lena linus lotte luca mabel maeve mika milo nell nico nora odile ola otis
pia quinn remy rhea rory rosa runa sage selma silas suki tess theo una vera wilf wren yara zeno zora""".split()
LAST_NAMES = """alder ashby barley beck birch bramble brook cairn clay clover copper crane dale dapple elm ember fallow
fern field finch flint frost gale glen gorse grove harbour hazel heath heron holm juniper kestrel lake larch linden loom
marsh meadow moor moss oakes orchard pebble pike plover quill reed ridge rowan sedge shale sparrow stone teal thorn tide
vale wick willow wold yarrow""".split()


class Chance:
    """All draws, built on one uniform generator."""

    def __init__(self, seed):
        self.unit = random.Random(seed).random

    def below(self, n):
        return min(int(self.unit() * n), n - 1)

    def between(self, low, high):
        return low + self.below(high - low + 1)

    def happens(self, p):
        return self.unit() < p

    def one_of(self, items):
        return items[self.below(len(items))]

    def weighted(self, items, weights):
        mark = self.unit() * sum(weights)
        for item, weight in zip(items, weights):
            mark -= weight
            if mark < 0:
                return item
        return items[-1]

    def exponential(self):
        return -math.log(1.0 - self.unit())

    def normal(self, mean, spread):
        radius = math.sqrt(2.0 * self.exponential())
        return mean + spread * radius * math.cos(2.0 * math.pi * self.unit())

    def lognormal(self, median, sigma):
        return median * math.exp(self.normal(0.0, sigma))

    def failures(self, success):
        """How many failures come before the first success."""
        count = 0
        while not self.happens(success):
            count += 1
        return count

    def shuffled(self, items):
        items = list(items)
        for i in range(len(items) - 1, 0, -1):
            j = self.below(i + 1)
            items[i], items[j] = items[j], items[i]
        return items

    def quota(self, items, weights, n):
        """n items in random order, each as often as its weight asks for."""
        total = sum(weights)
        exact = [n * weight / total for weight in weights]
        counts = [int(x) for x in exact]
        by_rest = sorted(range(len(items)), key=lambda i: (counts[i] - exact[i], i))
        for i in by_rest[: n - sum(counts)]:
            counts[i] += 1
        return self.shuffled(item for item, count in zip(items, counts) for _ in range(count))


class Journey:
    """A climb up the ladder. `days` has (day, stage, event), counted from the first day of the journey."""

    def __init__(self, reached):
        self.reached = reached  # index of the last stage
        self.channel = None     # of entry
        self.steps = []
        self.start = None
        self.order = None       # the row in orders.csv
        self.stamps = []        # (datetime, stage, event, channel)

    @property
    def span(self):
        return self.steps[-1][0]

    @property
    def order_offset(self):
        return next(day for day, stage, _ in self.steps if stage == PURCHASE)

    @property
    def order_day(self):
        return self.start + self.order_offset

    def day_of(self, stage):
        return self.start + max(day for day, s, _ in self.steps if s == stage)


class Customer:
    def __init__(self, segment):
        self.segment = segment
        self.id = None
        self.journeys = []  # in order of time
        self.taste = 1.0    # how much dearer than usual this customer buys


def date_of(day):
    return FIRST_DAY + datetime.timedelta(days=day)


def money(pence):
    return f"{pence // 100}.{pence % 100:02d}"


# Funnels --------------------------------------------------------------------------------------


def rates_of(segment):
    rates = list(BASE_RATES)
    stage, rate = SEGMENTS[segment]["leak"]
    rates[stage] = rate
    return rates


def spread_failures(chance, orders, total):
    """Geometric numbers of failures per order, corrected by a few to give the total."""
    success = orders / (orders + total)
    counts = [chance.failures(success) for _ in range(orders)]
    missing = total - sum(counts)
    while missing:
        i = chance.below(orders)
        if missing > 0:
            counts[i] += 1
            missing -= 1
        elif counts[i]:
            counts[i] -= 1
            missing += 1
    return counts


def channel_weights(entry, rates):
    """Weights of the entry channels among journeys that stop at a stage or get to Purchase.

    Display passes the first step less often and referral the third step more often; the other
    channels make up for it, so that the rates of the whole segment stay as they are.
    """
    total = sum(entry)
    share = {channel: weight / total for channel, weight in zip(CHANNELS, entry)}
    first = {c: DISPLAY_FACTOR if c == DISPLAY else 1.0 for c in CHANNELS}
    scale = rates[AWARENESS] / sum(share[c] * first[c] for c in CHANNELS)
    passed = {c: share[c] * first[c] * scale for c in CHANNELS}
    third = {c: REFERRAL_FACTOR if c == REFERRAL else 1.0 for c in CHANNELS}
    scale = rates[DECISION] * sum(passed.values()) / sum(passed[c] * third[c] for c in CHANNELS)
    bought = {c: passed[c] * third[c] * scale for c in CHANNELS}
    return {
        AWARENESS: [share[c] - passed[c] for c in CHANNELS],
        CONSIDERATION: [passed[c] for c in CHANNELS],
        DECISION: [passed[c] - bought[c] for c in CHANNELS],
        PURCHASE: [bought[c] for c in CHANNELS],
    }


def awareness_event(chance, channel):
    if channel in ("display", "paid_search"):
        return chance.weighted(["ad_clicked", "landing_viewed"], [85, 15])
    if channel == "social":
        return chance.weighted(["social_visit", "ad_clicked"], [80, 20])
    if channel == "organic_search":
        return chance.weighted(["blog_read", "landing_viewed"], [60, 40])
    return chance.weighted(["landing_viewed", "blog_read"], [80, 20])


def lay_out(chance, journey):
    """The events of a journey on its own days."""
    day = 0
    steps = [(0, AWARENESS, awareness_event(chance, journey.channel))]
    for _ in range(chance.weighted([0, 1, 2], [97, 2, 1])):
        steps.append((day, AWARENESS, chance.weighted(["blog_read", "landing_viewed"], [50, 50])))
    if journey.reached >= CONSIDERATION:
        day += chance.weighted([0, 1, 2, 3], [66, 18, 10, 6])
        for _ in range(chance.weighted([1, 2, 3], [97, 2, 1])):
            steps.append((day, CONSIDERATION, chance.weighted(EVENTS[CONSIDERATION], [55, 20, 15, 10])))
            day += chance.weighted([0, 1], [85, 15])
    if journey.reached >= DECISION:
        day += chance.weighted([0, 1, 2], [75, 17, 8])
        bought = journey.reached >= PURCHASE
        kinds = [["product_added"], ["checkout_started"], ["product_added", "checkout_started"]]
        for event in chance.weighted(kinds, [20, 76, 4] if bought else [58, 39, 3]):
            steps.append((day, DECISION, event))
    if journey.reached >= PURCHASE:
        day += chance.weighted([0, 1], [80, 20])
        steps.append((day, PURCHASE, "order_completed"))
    if journey.reached >= POST:
        day += chance.between(1, 3)
        steps.append((day, POST, chance.weighted(EVENTS[POST], [40, 48, 10, 2])))
        if chance.happens(0.03):
            day += chance.between(1, 2)
            steps.append((day, POST, "support_contacted"))
    if journey.reached >= LOYALTY:
        day += chance.between(1, 3)
        steps.append((day, LOYALTY, chance.weighted(EVENTS[LOYALTY], [55, 15, 30])))
    journey.steps = steps


def make_journeys(chance, name, order_counts):
    """Per customer: its purchases, and before each one the journeys that failed."""
    plan = SEGMENTS[name]
    rates = rates_of(name)
    bought = sum(order_counts)
    decided = round(bought / rates[DECISION])
    considered = round(decided / rates[CONSIDERATION])
    aware = round(considered / rates[AWARENESS])
    failures = {
        DECISION: spread_failures(chance, bought, decided - bought),
        CONSIDERATION: spread_failures(chance, bought, considered - decided),
        AWARENESS: spread_failures(chance, bought, aware - considered),
    }
    followed = round(bought * rates[PURCHASE])
    loyal = round(followed * rates[POST])
    ends = chance.shuffled([LOYALTY] * loyal + [POST] * (followed - loyal) + [PURCHASE] * (bought - followed))

    weights = channel_weights(plan["entry"], rates)
    channels = {stage: chance.quota(CHANNELS, weights[stage], sum(counts)) for stage, counts in failures.items()}
    channels[PURCHASE] = chance.quota(CHANNELS, weights[PURCHASE], bought)

    def journey(reached):
        result = Journey(reached)
        result.channel = channels[min(reached, PURCHASE)].pop()
        lay_out(chance, result)
        return result

    order = 0
    for count in order_counts:
        blocks = []
        for _ in range(count):
            failed = [journey(stage) for stage in failures for _ in range(failures[stage][order])]
            blocks.append((chance.shuffled(failed), journey(ends[order])))
            order += 1
        yield blocks


# Calendar -------------------------------------------------------------------------------------


class Timeline:
    """The journeys of one buyer around the last order, whose day is fixed."""

    def __init__(self, chance, customer, blocks):
        self.chance = chance
        self.customer = customer
        self.plan = SEGMENTS[customer.segment]
        self.blocks = blocks
        self.after = []
        self.last = blocks[-1][1]
        self.newcomer = customer.segment == "Promising newcomers"
        self.last.start = self.last_order_day() - self.last.order_offset
        self.squeeze()
        if self.newcomer and len(blocks) == 2:
            self.pair()

    def last_order_day(self):
        low, high = self.plan["recency"]
        if self.customer.segment == "One-and-done" and self.chance.happens(GIFT_SEASON_SHARE):
            return self.chance.between(*GIFT_SEASON)
        while True:
            day = AS_OF - low - int((high - low + 1) * self.chance.unit() ** self.plan["skew"])
            heaviest = max(self.plan["weekdays"])
            if self.chance.happens(self.plan["weekdays"][date_of(day).weekday()] / heaviest):
                return day

    def squeeze(self):
        """What follows an order of the last days must still happen before the data end."""
        room = LAST - self.last.start
        steps = []
        for day, stage, event in self.last.steps:
            if day > room or (stage >= POST and day >= room):
                day = room
                if room - self.last.order_offset < 2:
                    event = {POST: "order_tracked", LOYALTY: "points_redeemed"}.get(stage, event)
            steps.append((day, stage, event))
        self.last.steps = steps

    def pair(self):
        """The first of two orders of a newcomer lies at most 30 days before the last."""
        first = self.blocks[0][1]
        latest = self.last.start - MIN_GAP - first.span
        earliest = self.last.order_day - 30 - first.order_offset
        first.start = self.chance.between(earliest, latest) if earliest < latest else latest

    def before(self):
        """All journeys before the pinned ones, in order."""
        if self.newcomer:
            return list(self.blocks[0][0])
        journeys = [j for failed, bought in self.blocks for j in failed + [bought]]
        return journeys[:-1]

    def pinned(self):
        if self.newcomer:
            return [bought for _, bought in self.blocks]
        return [self.last]

    def window(self):
        """First and last day free for the journeys before the pinned ones."""
        end = self.pinned()[0].start - MIN_GAP
        lead = self.plan["lead"]
        return (0 if lead is None else max(0, self.pinned()[0].order_day - lead)), end

    def slack(self):
        journeys = self.before()
        if not journeys:
            return 0
        low, high = self.window()
        return high - low - sum(j.span for j in journeys) - MIN_GAP * (len(journeys) - 1)

    def move_some_after(self):
        failed = [j for failed, _ in self.blocks for j in failed]
        free = self.last.start + self.last.span + MIN_GAP
        while failed and self.chance.happens(self.plan["late"]):
            journey = self.chance.one_of(failed)
            if free + journey.span > LAST:
                break
            start = self.chance.between(free, min(LAST - journey.span, free + 45))
            journey.start = start
            self.drop(journey)
            failed.remove(journey)
            self.after.append(journey)
            free = start + journey.span + MIN_GAP

    def drop(self, journey):
        for failed, _ in self.blocks:
            if journey in failed:
                failed.remove(journey)

    def shed(self):
        """Failed journeys for which there is no room."""
        out = []
        while self.slack() < 0:
            failed = [j for failed, _ in self.blocks for j in failed]
            journey = self.chance.one_of(failed)
            self.drop(journey)
            out.append(journey)
        return out

    def takes(self, journey):
        low, high = self.window()
        need = journey.span + MIN_GAP * (1 if self.before() else 0)
        room = self.slack() if self.before() else high - low
        if room < need:
            return False
        failed, _ = self.blocks[0] if self.newcomer else self.chance.one_of(self.blocks)
        failed.insert(self.chance.below(len(failed) + 1), journey)
        return True

    def place(self):
        """Give every journey its days: the spare days are dealt out at random between them."""
        journeys = self.before()
        if journeys:
            low, _ = self.window()
            slack = self.slack()
            lead = int(slack * self.chance.unit() * (0.5 if self.plan["lead"] is None else 1.0))
            spare = slack - lead
            weights = [self.chance.exponential() for _ in journeys]
            total = sum(weights)
            spares = [int(spare * w / total) for w in weights]
            lead += spare - sum(spares)
            day = low + lead
            for journey, gap in zip(journeys, spares):
                journey.start = day
                day += journey.span + MIN_GAP + gap
        everything = journeys + self.pinned() + self.after
        for i, journey in enumerate(journeys):
            if journey.reached >= PURCHASE:
                previous = everything[i - 1] if i else None
                self.prefer_weekday(journey, previous, everything[i + 1])
        self.customer.journeys = everything

    def prefer_weekday(self, journey, previous, following):
        wanted = self.chance.weighted(range(7), self.plan["weekdays"])
        shift = (wanted - date_of(journey.order_day).weekday() + 3) % 7 - 3
        low = previous.start + previous.span + MIN_GAP if previous else 0
        high = following.start - MIN_GAP - journey.span
        if low <= journey.start + shift <= high:
            journey.start += shift


def make_buyers(chance, name):
    plan = SEGMENTS[name]
    order_counts = chance.quota(list(plan["orders"]), list(plan["orders"].values()), plan["size"])
    timelines = []
    homeless = []
    for blocks in make_journeys(chance, name, order_counts):
        if name == "Promising newcomers" and len(blocks) == 2:  # no room between orders 30 days apart
            blocks[0][0].extend(blocks[1][0])
            blocks[1][0].clear()
        timelines.append(Timeline(chance, Customer(name), blocks))
    for timeline in timelines:
        timeline.move_some_after()
        homeless += timeline.shed()
    for journey in homeless:
        while not chance.one_of(timelines).takes(journey):
            pass
    for timeline in timelines:
        timeline.place()
    return [timeline.customer for timeline in timelines]


def make_prospects(chance):
    channels = chance.quota(CHANNELS, PROSPECTS["entry"], 600)
    customers = []
    for i in range(PROSPECTS["size"]):
        customer = Customer("prospects")
        day = chance.between(0, 640)
        for _ in range(chance.between(1, 3) if i < 200 else 0):
            reached = AWARENESS
            while reached < DECISION and chance.happens(PROSPECTS["rates"][reached]):
                reached += 1
            journey = Journey(reached)
            journey.channel = channels.pop()
            lay_out(chance, journey)
            journey.start = day
            if day + journey.span > LAST:
                break
            customer.journeys.append(journey)
            day += journey.span + MIN_GAP + chance.below(60)
        customers.append(customer)
    return customers


def stamp(chance, customer):
    """Give the events their clock time and channel: one visit a day."""
    hours = (SEGMENTS.get(customer.segment) or PROSPECTS)["hours"]
    for journey in customer.journeys:
        day, channel = None, journey.channel
        for offset, stage, event in journey.steps:
            if offset != day:
                if day is not None:
                    channel = journey.channel
                    if chance.happens(0.35):
                        channel = chance.weighted(["direct", "email"], [55, 45])
                day = offset
                mean, spread, _ = chance.weighted(hours, [h[2] for h in hours])
                hour = chance.normal(mean, spread)
                while not 6.0 <= hour <= 22.5:
                    hour = chance.normal(mean, spread)
                clock = datetime.datetime.combine(date_of(journey.start + day), datetime.time())
                clock += datetime.timedelta(seconds=int(hour * 3600))
            else:
                clock += datetime.timedelta(seconds=15 + min(int(150 * chance.exponential()), 600))
            journey.stamps.append((clock, stage, event, channel))


# Orders ---------------------------------------------------------------------------------------


def order_value(chance, customer):
    sigma = SEGMENTS[customer.segment]["sigma"]
    value = SEGMENTS[customer.segment]["median"] * customer.taste * chance.lognormal(1.0, 0.8 * sigma)
    return max(int(round(value * 100)), 500)


def make_order(chance, customer, journey, time, status):
    plan = SEGMENTS[customer.segment]
    amount = order_value(chance, customer)
    discount = refunded = 0
    if chance.happens(plan["discounted"]):
        rate = chance.weighted([0.10, 0.15, 0.20], [50, 30, 20])
        discount = int(round(amount * rate / (1 - rate)))
    if status == "paid" and chance.happens(plan["refunded"]):
        # Whole orders come back only from customers with many; champions send back single pieces.
        whole = customer.segment in ("Steady regulars", "Slipping spenders") and chance.happens(0.4)
        refunded = amount if whole else int(round(amount * (0.2 + 0.4 * chance.unit())))
    tastes = plan["tastes"]
    if customer.segment == "One-and-done" and time.date() >= datetime.date(2024, 11, 1) \
            and time.date() <= datetime.date(2024, 12, 31):
        tastes = GIFT_SEASON_TASTES
    return dict(
        order_id=None, customer=customer, time=time, status=status, amount=amount, discount=discount,
        refunded=refunded, category=chance.weighted(CATEGORIES, tastes),
        channel=chance.weighted(ORDER_CHANNELS, plan["selling"]), tag=None)


def make_orders(chance, buyers):
    """All orders by time: the paid, 35 cancelled and 60 without a customer."""
    orders = []
    could_cancel = []
    for customer in buyers:
        last_order = max(j.order_day for j in customer.journeys if j.reached >= PURCHASE)
        for journey in customer.journeys:
            if journey.reached == DECISION and journey.start < last_order:
                could_cancel.append((customer, journey))
            for i, (time, stage, event, channel) in enumerate(journey.stamps):
                if stage == PURCHASE:
                    written = time.replace(second=chance.below(60))
                    journey.order = make_order(chance, customer, journey, written, "paid")
                    orders.append(journey.order)
    for customer, journey in chance.shuffled(could_cancel)[:35]:
        time = journey.stamps[-1][0] + datetime.timedelta(seconds=chance.between(60, 240))
        journey.order = make_order(chance, customer, journey, time, "cancelled")
        journey.order["tag"] = "cancelled"
        orders.append(journey.order)
    for _ in range(60):
        time = datetime.datetime.combine(date_of(chance.between(0, LAST - 1)), datetime.time())
        time += datetime.timedelta(seconds=chance.between(9 * 3600, 19 * 3600))
        orders.append(dict(
            order_id=None, customer=None, time=time, status="paid", amount=int(round(100 * chance.lognormal(45, 0.4))),
            discount=0, refunded=0, category=chance.one_of(CATEGORIES),
            channel=chance.weighted(ORDER_CHANNELS, [20, 5, 75]), tag="anonymous"))
    orders.sort(key=lambda o: (o["time"], o["customer"].id if o["customer"] else ""))
    return orders


def order_fields(order):
    return [order["order_id"], order["customer"].id if order["customer"] else "", order["time"].strftime("%Y-%m-%d %H:%M:%S"),
            order["status"], money(order["amount"]), "GBP", money(order["discount"]), money(order["refunded"]),
            order["category"], order["channel"]]


def order_rows(chance, orders, customers):
    """Rows as (fields, tag), with the broken rows and the duplicates in their places."""
    number = 100000
    rows = []
    broken_at = dict(zip(chance.shuffled(range(500, len(orders) - 500))[:3], ["bad_date", "bad_amount", "too_few_fields"]))
    for i, order in enumerate(orders):
        number += 1
        if i in broken_at:
            someone = chance.one_of(customers).id
            time = order["time"].strftime("%Y-%m-%d %H:%M:%S")
            fields = {
                "bad_date": [f"L{number}", someone, "2025-13-45 10:00:00", "paid", "48.50", "GBP", "0.00", "0.00",
                             "kitchen", "web"],
                "bad_amount": [f"L{number}", someone, time, "paid", "abc", "GBP", "0.00", "0.00", "lighting", "app"],
                "too_few_fields": [f"L{number}", someone, time, "paid"],
            }[broken_at[i]]
            rows.append((fields, broken_at[i]))
            number += 1
        order["order_id"] = f"L{number}"
        rows.append((order_fields(order), order["tag"]))
    clean = [i for i, (_, tag) in enumerate(rows) if tag is None]
    return with_duplicates(chance, rows, clean, 40)


def with_duplicates(chance, rows, candidates, count):
    copies = {}
    for i in chance.shuffled(candidates)[:count]:
        place = min(i + chance.between(2, 6), len(rows) - 1)
        copies.setdefault(place, []).append((list(rows[i][0]), "duplicate"))
    out = []
    for i, row in enumerate(rows):
        out.append(row)
        out.extend(copies.get(i, []))
    return out


# The other files ------------------------------------------------------------------------------


def event_rows(chance, customers):
    rows = []
    for customer in customers:
        for journey in customer.journeys:
            for time, _, event, channel in journey.stamps:
                rows.append((time, customer.id, event, channel, None))
    for _ in range(80):
        time = datetime.datetime.combine(date_of(chance.between(0, LAST)), datetime.time())
        time += datetime.timedelta(seconds=chance.between(7 * 3600, 23 * 3600))
        event = chance.one_of(EVENTS[chance.below(2)])
        rows.append((time, "", event, chance.one_of(CHANNELS), "anonymous"))
    rows.sort(key=lambda row: row[:2])
    out = [([who, time.strftime("%Y-%m-%dT%H:%M:%S"), event, channel], tag) for time, who, event, channel, tag in rows]
    for tag in ["bad_time", "too_few_fields"]:
        i = chance.between(1000, len(out) - 1000)
        while out[i][1] or not out[i][0][0]:
            i += 1
        who, time, event, channel = out[i][0]
        fields = [who, "2025-02-30T25:61:00", "product_viewed", channel] if tag == "bad_time" else [who, time, channel]
        out.insert(i + 1, (fields, tag))
    return out


def customer_rows(chance, customers):
    rows = []
    for customer in customers:
        plan = SEGMENTS.get(customer.segment) or PROSPECTS
        first = chance.one_of(FIRST_NAMES)
        last = chance.one_of(LAST_NAMES)
        email = f"{first}.{last}{int(customer.id[1:])}@{chance.weighted(['example.com', 'example.org'], [70, 30])}"
        if customer.journeys:
            touch = customer.journeys[0].start
            ordered = [j.order_day for j in customer.journeys if j.reached >= PURCHASE]
            day = min(ordered) if ordered and chance.happens(0.5) else touch
            channel = customer.journeys[0].channel
            if touch < 150 and chance.happens(plan.get("veteran", 0.0)):
                day = -chance.between(1, 900)
        else:
            day = chance.between(0, LAST)
            channel = chance.weighted(CHANNELS, plan["entry"])
        age = ""
        if not chance.happens(0.06):
            age = int(round(chance.normal(*plan["age"])))
            while not 19 <= age <= 82:
                age = int(round(chance.normal(*plan["age"])))
        rows.append(([
            customer.id, email, date_of(day).isoformat(), chance.weighted(COUNTRIES, [82, 7, 5, 3, 3]), age,
            "" if chance.happens(0.05) else chance.weighted(HOUSEHOLDS, plan["household"]),
            "yes" if chance.happens(plan["newsletter"]) else "no", channel], None))
    return with_duplicates(chance, rows, range(len(rows)), 12)


def feedback_rows(chance, buyers):
    rows = []
    for position, segment in enumerate(SEGMENTS):
        leak, _ = SEGMENTS[segment]["leak"]
        for metric, stage, counts in SURVEYS:
            reached = [(c, j) for c in buyers if c.segment == segment for j in c.journeys if j.reached >= stage]
            low, high = SCALES[metric]
            mean = LEVELS[metric][segment]
            if stage == leak and metric in LOW_LEVELS:
                mean = LOW_LEVELS[metric]
            for customer, journey in chance.shuffled(reached)[: counts[position]]:
                day = min(journey.day_of(stage) + chance.below(3), LAST)
                score = min(max(int(round(chance.normal(mean, SPREADS[metric]))), low), high)
                comment = ""
                if chance.happens(0.16):
                    pleased = (score - low) / (high - low) >= 0.6
                    comment = chance.one_of((PRAISE if pleased else COMPLAINTS)[stage])
                rows.append([customer.id, date_of(day).isoformat(), metric, score, STAGES[stage], comment])
    rows.sort(key=lambda row: (row[1], row[0], row[2], row[4], row[3]))
    return rows


# What was planted -----------------------------------------------------------------------------


def lines_of(rows, tag):
    lines = [i for i, (_, t) in enumerate(rows, start=2) if t == tag]
    return {"count": len(lines), "lines": lines}


def duplicates_of(rows):
    first, lines, originals = {}, [], []
    for line, (fields, tag) in enumerate(rows, start=2):
        if tag == "duplicate":
            lines.append(line)
            originals.append(first[fields[0]])
        else:
            first.setdefault(fields[0], line)
    return {"count": len(lines), "lines": lines, "copyOfLines": originals}


def ratio(part, whole):
    return round(part / whole, 4) if whole else None


def funnel(journeys):
    counts = [sum(1 for j in journeys if j.reached >= stage) for stage in range(len(STAGES))]
    rates = [ratio(after, before) for before, after in zip(counts, counts[1:])]
    return counts, rates


def steps(rates):
    return [{"from": STAGES[i], "to": STAGES[i + 1], "rate": rate} for i, rate in enumerate(rates)]


def sums(orders):
    amount = sum(o["amount"] for o in orders)
    refunded = sum(o["refunded"] for o in orders)
    return {
        "orders": len(orders), "amountPence": amount, "refundedPence": refunded, "netPence": amount - refunded,
        "refundedOrders": sum(1 for o in orders if o["refunded"]),
        "discountPence": sum(o["discount"] for o in orders),
        "discountedOrders": sum(1 for o in orders if o["discount"]),
    }


def channel_effect(journeys, channel, stage):
    """Rate of the step from a stage for one entry channel, for the others, and how they compare."""
    def rate(chosen):
        at = [j for j in chosen if j.reached >= stage]
        return len([j for j in at if j.reached > stage]), len(at)
    passed, at = rate([j for j in journeys if j.channel == channel])
    others_passed, others_at = rate([j for j in journeys if j.channel != channel])
    return {
        "journeys": at, "rate": ratio(passed, at), "otherJourneys": others_at, "otherRate": ratio(others_passed, others_at),
        "factor": round((passed / at) / (others_passed / others_at), 4),
    }


def describe_segment(name, buyers):
    plan = SEGMENTS[name]
    own = [c for c in buyers if c.segment == name]
    journeys = [j for c in own for j in c.journeys]
    orders = [j.order for j in journeys if j.reached >= PURCHASE]
    counts, rates = funnel(journeys)
    stage, leak = plan["leak"]
    per_customer = [sum(1 for j in c.journeys if j.reached >= PURCHASE) for c in own]
    recency = [AS_OF - max(j.order_day for j in c.journeys if j.reached >= PURCHASE) for c in own]
    by_category = {c: ratio(sum(1 for o in orders if o["category"] == c), len(orders)) for c in CATEGORIES}
    display = sum(1 for j in journeys if j.channel == DISPLAY)
    return {
        "name": name,
        "size": len(own),
        "planned": {
            "ordersPerCustomer": [min(plan["orders"]), max(plan["orders"])],
            "recencyDays": list(plan["recency"]),
            "medianOrderValue": plan["median"],
            "sigmaOrderValue": plan["sigma"],
            "discountedShare": plan["discounted"],
            "refundedShare": plan["refunded"],
            "orderChannels": {c: ratio(w, sum(plan["selling"])) for c, w in zip(ORDER_CHANNELS, plan["selling"])},
            "categories": {c: ratio(w, sum(plan["tastes"])) for c, w in zip(CATEGORIES, plan["tastes"])},
            "weekdaysFromMonday": [ratio(w, sum(plan["weekdays"])) for w in plan["weekdays"]],
            "hours": [{"mean": m, "spread": s, "share": w} for m, s, w in plan["hours"]],
            "age": {"mean": plan["age"][0], "spread": plan["age"][1]},
            "households": {h: ratio(w, sum(plan["household"])) for h, w in zip(HOUSEHOLDS, plan["household"])},
            "newsletterShare": plan["newsletter"],
            "entryChannels": {c: ratio(w, sum(plan["entry"])) for c, w in zip(CHANNELS, plan["entry"])},
            "rates": steps(rates_of(name)),
        },
        "realised": {
            "ordersPerCustomer": [min(per_customer), max(per_customer)],
            "recencyDays": [min(recency), max(recency)],
            **sums(orders),
            "appShare": ratio(sum(1 for o in orders if o["channel"] == "app"), len(orders)),
            "weekendShare": ratio(sum(1 for o in orders if o["time"].weekday() >= 5), len(orders)),
            "morningShare": ratio(sum(1 for o in orders if 6 <= o["time"].hour < 12), len(orders)),
            "eveningShare": ratio(sum(1 for o in orders if o["time"].hour >= 18), len(orders)),
            "categories": by_category,
            "journeys": dict(zip(STAGES, counts)),
            "displayShare": ratio(display, len(journeys)),
            "rates": steps(rates),
        },
        "leak": {
            "from": STAGES[stage], "to": STAGES[stage + 1], "baseRate": BASE_RATES[stage],
            "plannedRate": leak, "realisedRate": rates[stage],
        },
    }


def describe(seed, buyers, prospects, orders, tables):
    paid = [o for o in orders if o["status"] == "paid" and o["customer"]]
    journeys = [j for c in buyers for j in c.journeys]
    prospect_counts, prospect_rates = funnel([j for c in prospects for j in c.journeys])
    order_table, event_table, customer_table = tables["orders.csv"], tables["events.csv"], tables["customers.csv"]
    repeated = {fields[0] for fields, tag in order_table if tag == "duplicate"}
    repeats = [o for o in orders if o["order_id"] in repeated]
    return {
        "name": "Lumen",
        "seed": seed,
        "period": {"firstDay": date_of(0).isoformat(), "lastDay": date_of(LAST).isoformat(), "asOf": date_of(AS_OF).isoformat()},
        "currency": "GBP",
        "stages": [{"name": name, "events": events} for name, events in zip(STAGES, EVENTS)],
        "journeys": {"longestPauseInsideDays": 4, "shortestPauseBetweenDays": 9, "splitAfterDays": 7, "total": len(journeys)},
        "baseRates": steps(BASE_RATES),
        "segments": [describe_segment(name, buyers) for name in SEGMENTS],
        "prospects": {
            "size": len(prospects), "withEvents": sum(1 for c in prospects if c.journeys),
            "journeys": dict(zip(STAGES[:3], prospect_counts)),
        },
        "channelEffects": [
            {"channel": DISPLAY, "from": STAGES[0], "to": STAGES[1], "plannedFactor": DISPLAY_FACTOR, "plannedShare": 0.12,
             "realised": channel_effect(journeys, DISPLAY, AWARENESS),
             "bySegment": {n: channel_effect([j for c in buyers if c.segment == n for j in c.journeys], DISPLAY, AWARENESS)
                           for n in SEGMENTS}},
            {"channel": REFERRAL, "from": STAGES[2], "to": STAGES[3], "plannedFactor": REFERRAL_FACTOR, "plannedShare": 0.08,
             "realised": channel_effect(journeys, REFERRAL, DECISION),
             "bySegment": {n: channel_effect([j for c in buyers if c.segment == n for j in c.journeys], REFERRAL, DECISION)
                           for n in SEGMENTS}},
        ],
        "feedback": describe_feedback(tables["feedback.csv"], {c.id: c.segment for c in buyers}),
        "dirt": {
            "orders.csv": {
                "duplicate": duplicates_of(order_table),
                "anonymous": lines_of(order_table, "anonymous"),
                "cancelled": lines_of(order_table, "cancelled"),
                "badDate": lines_of(order_table, "bad_date"),
                "badAmount": lines_of(order_table, "bad_amount"),
                "tooFewFields": lines_of(order_table, "too_few_fields"),
            },
            "events.csv": {
                "anonymous": lines_of(event_table, "anonymous"),
                "badTime": lines_of(event_table, "bad_time"),
                "tooFewFields": lines_of(event_table, "too_few_fields"),
            },
            "customers.csv": {"duplicate": duplicates_of(customer_table)},
        },
        "rows": {name: len(rows) for name, rows in tables.items()},
        "clean": {
            "customers": len(buyers) + len(prospects),
            "buyers": len(buyers),
            "events": sum(1 for _, tag in event_table if tag is None),
            **sums(paid),
        },
        "leftOut": {
            "duplicate": sums(repeats),
            "anonymous": sums([o for o in orders if not o["customer"]]),
            "cancelled": sums([o for o in orders if o["status"] == "cancelled"]),
            "unreadable": {"orders": 3, "amountPence": 4850},  # the row with the bad date has an amount
        },
    }


def describe_feedback(rows, segment_of):
    groups = {}
    for (who, _, metric, score, stage, _), _ in rows:
        groups.setdefault((segment_of[who], metric, stage), []).append(score)
    out = []
    for segment in SEGMENTS:
        leak, _ = SEGMENTS[segment]["leak"]
        for metric, stage, _ in SURVEYS:
            scores = groups[(segment, metric, STAGES[stage])]
            entry = {"segment": segment, "metric": metric, "stage": STAGES[stage], "answers": len(scores),
                     "mean": ratio(sum(scores), len(scores)), "low": stage == leak and metric in LOW_LEVELS}
            if metric == "NPS":
                promoters = sum(1 for s in scores if s >= 9)
                detractors = sum(1 for s in scores if s <= 6)
                entry["nps"] = round(100 * (promoters - detractors) / len(scores), 2)
            out.append(entry)
    return out


HEADERS = {
    "customers.csv": ["customer_id", "email", "signed_up", "country", "age", "household", "newsletter", "acquisition_channel"],
    "orders.csv": ["order_id", "customer_id", "ordered_at", "status", "amount", "currency", "discount", "refunded",
                   "category", "channel"],
    "events.csv": ["customer_id", "time", "event", "channel"],
    "feedback.csv": ["customer_id", "answered_at", "metric", "score", "stage", "comment"],
    "planted_segments.csv": ["customer_id", "segment"],
}


def generate(seed):
    chance = Chance(seed)
    buyers = [customer for name in SEGMENTS for customer in make_buyers(chance, name)]
    prospects = make_prospects(chance)
    customers = buyers + prospects
    for customer, number in zip(customers, chance.shuffled(range(1, len(customers) + 1))):
        customer.id = f"C{number:05d}"
    for name in SEGMENTS:
        own = [c for c in buyers if c.segment == name]
        for customer in own:
            customer.taste = chance.lognormal(1.0, 0.6 * SEGMENTS[name]["sigma"])
        if name == "Champions":
            for whale in own[:WHALES]:
                whale.taste *= 1.8 + 1.2 * chance.unit()
    for customer in customers:
        stamp(chance, customer)
    orders = make_orders(chance, buyers)
    for customer in buyers:
        mark_returns(chance, customer)
    by_id = sorted(customers, key=lambda c: c.id)
    tables = {
        "customers.csv": customer_rows(chance, by_id),
        "orders.csv": order_rows(chance, orders, by_id),
        "events.csv": event_rows(chance, by_id),
        "feedback.csv": [(row, None) for row in feedback_rows(chance, buyers)],
        "planted_segments.csv": [([c.id, c.segment], None) for c in by_id],
    }
    return tables, describe(seed, buyers, prospects, orders, tables)


def mark_returns(chance, customer):
    """Where an order was given back and the journey went on after it, the return is seen in the events."""
    for journey in customer.journeys:
        if journey.order and journey.order["refunded"]:
            for i, (time, stage, _, channel) in enumerate(journey.stamps):
                if stage == POST:
                    journey.stamps[i] = (time, stage, "return_requested", channel)
                    break


def main():
    parser = argparse.ArgumentParser(description="Write the exports of Lumen, a made-up home-goods shop.")
    parser.add_argument("outdir")
    parser.add_argument("--seed", type=int, default=2025)
    options = parser.parse_args()
    tables, planted = generate(options.seed)
    os.makedirs(options.outdir, exist_ok=True)
    for name, rows in tables.items():
        with open(os.path.join(options.outdir, name), "w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(HEADERS[name])
            writer.writerows(fields for fields, _ in rows)
    with open(os.path.join(options.outdir, "planted.json"), "w", encoding="utf-8", newline="") as file:
        json.dump(planted, file, indent=2, ensure_ascii=False)
        file.write("\n")


if __name__ == "__main__":
    main()

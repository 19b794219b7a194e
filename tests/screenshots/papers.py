"""Papers of a person who does not exist: short notes on some subjects, enough of them to be grouped."""

from __future__ import annotations

import os
import random

_SUBJECTS: dict[str, tuple[str, ...]] = {
    "Baking": (
        "Let the dough rise under a cloth until it has doubled.",
        "The oven needs twenty minutes to heat; bake the loaf on the lowest shelf.",
        "Fold the egg whites into the batter without stirring the air out.",
        "A pinch of salt and lemon zest lift the sponge.",
        "The crust stays crisp if the bread cools on a rack.",
        "Knead the flour, yeast and water for ten minutes.",
        "Melt the butter with the sugar before it meets the flour.",
        "The cake is done when a skewer comes out dry.",
    ),
    "Allotment": (
        "Sow the broad beans in November and cover them against frost.",
        "The slugs have eaten half of the lettuce seedlings.",
        "Turn the compost heap and water it in a dry spell.",
        "Prune the apple tree while it is dormant.",
        "The tomatoes in the greenhouse want feeding once a week.",
        "Dig well-rotted manure into the bed for the potatoes.",
        "Net the currants before the birds find them.",
        "Carrots and onions grow well side by side.",
    ),
    "Running": (
        "Easy run of eight miles along the river, heart rate low.",
        "Six intervals of 800 metres with two minutes of jogging between.",
        "The left knee was stiff after the hills; rest tomorrow.",
        "Race pace for the half marathon is five minutes per kilometre.",
        "New shoes after five hundred miles in the old pair.",
        "Long run on Sunday, then stretch the calves.",
        "Taper in the last two weeks before the marathon.",
        "Strides on the track, then a slow mile to cool down.",
    ),
    "Invoices": (
        "Payment is due within thirty days of the date of this invoice.",
        "Two days of design work at the agreed daily rate.",
        "VAT at twenty per cent is added to the net amount.",
        "Please quote the invoice number with your bank transfer.",
        "The purchase order covers hosting and support until March.",
        "Reminder: the amount outstanding has not reached our account.",
        "Expenses for travel are charged at cost with receipts.",
        "A credit note for the cancelled workshop is enclosed.",
    ),
    "Tide app": (
        "The release is blocked by a crash when the network drops.",
        "Unit tests for the forecast parser run in the pipeline now.",
        "The database migration must be reversible before we deploy.",
        "Cache the harbour list on the phone and refresh it daily.",
        "Users ask for tide heights offline and a darker map.",
        "The server returns stale data after the clock changes.",
        "Refactor the sync module before the next sprint.",
        "Code review found a race between two threads.",
    ),
    "Holidays": (
        "The ferry to the island leaves at seven from the north pier.",
        "The guesthouse has a room with a view of the harbour.",
        "Buy the rail passes before we cross the border.",
        "The museum is closed on Mondays; walk the old town instead.",
        "Passport, tickets and the hotel booking are in the blue folder.",
        "We hiked to the lighthouse and swam in the bay.",
        "The campsite takes no bookings in August.",
        "The flight home is delayed; the airline pays for dinner.",
    ),
    "Health": (
        "The doctor wants another blood test in six weeks.",
        "Take one tablet twice a day with food.",
        "Blood pressure was a little high at the check-up.",
        "The physiotherapist showed three exercises for the shoulder.",
        "The clinic sends the results of the scan by letter.",
        "Vaccination is due before the winter; ask the nurse.",
        "The dentist filled a molar and saw no other decay.",
        "No allergies known; the prescription is renewed monthly.",
    ),
    "School": (
        "The class visits the science museum on Thursday.",
        "Homework is a page of fractions and ten spellings.",
        "Parents' evening begins at six in the hall.",
        "The teacher praises her reading and asks for more practice.",
        "The choir sings at the winter concert.",
        "Please return the form for the residential trip.",
        "The pupils wrote stories about a lost dog.",
        "Uniform and a packed lunch are needed on sports day.",
    ),
    "菜谱": (
        "面团揉到表面光滑，盖上湿布醒半小时。",
        "锅里放少许油，小火把花椒炒出香味。",
        "排骨焯水以后加姜片和料酒慢炖一个小时。",
        "鸡蛋打散，加一点盐和温水蒸出来更嫩。",
        "青菜下锅大火快炒，出锅前放蒜末。",
        "饺子馅里加切碎的白菜和香菇。",
        "米饭焖好以后不要马上开盖。",
        "糖和醋的比例是二比一，最后勾芡。",
    ),
    "租房": (
        "押金为两个月租金，退租时扣除损坏的费用。",
        "房东同意在入住前更换厨房的水龙头。",
        "租期一年，提前解除合同须书面通知三十天。",
        "水电费和物业费由租客按月缴纳。",
        "卧室的空调不制冷，请房东安排维修。",
        "合同到期前一个月商量续租和租金。",
        "钥匙共三把，交还时当面清点。",
        "未经房东同意不得转租或者养宠物。",
    ),
    "体检": (
        "血压略高，医生建议少盐并且每天散步。",
        "复查血糖，早上空腹到医院抽血。",
        "膝盖的片子显示轻度磨损，暂不需要手术。",
        "药一天两次，饭后服用，四周后复诊。",
        "眼科检查视力下降，换了新的眼镜。",
        "医生说胆固醇偏高，少吃油腻的食物。",
        "疫苗接种安排在下个月的社区医院。",
        "心电图正常，肝功能一项偏高。",
    ),
    "旅行": (
        "早上六点的火车去成都，车票已经订好。",
        "酒店在古城里面，走路就能到湖边。",
        "山上的景区要提前预约门票。",
        "高原上气温低，带上厚外套和防晒霜。",
        "包车两天，司机在机场等我们。",
        "第三天爬山看日出，下山坐缆车。",
        "航班因为大雾推迟到晚上八点。",
        "在海边住了两晚，吃了很多海鲜。",
    ),
    "学习": (
        "期末考试包括前八章，重点是细胞和代谢。",
        "模型在训练数据上过拟合，要加正则化。",
        "这一章证明了极限的唯一性和夹逼定理。",
        "论文的初稿下周交给导师修改。",
        "图书馆的参考书只能借两个星期。",
        "酶的活性受温度和酸碱度的影响。",
        "梯度下降的步长太大时不收敛。",
        "课堂笔记：光合作用分为光反应和暗反应。",
    ),
}
_PAPERS, _LINES = 16, 6


def make_papers(folder: str) -> None:
    """Write the papers into a folder for each subject, the same ones each time."""
    chance = random.Random(1)
    for subject, sentences in _SUBJECTS.items():
        os.makedirs(os.path.join(folder, subject), exist_ok=True)
        for number in range(1, _PAPERS + 1):
            with open(os.path.join(folder, subject, f"{subject} {number:02}.txt"), "w", encoding="utf-8") as file:
                file.write("\n".join(chance.sample(sentences, _LINES)) + "\n")

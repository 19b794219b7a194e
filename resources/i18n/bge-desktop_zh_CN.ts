<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>AboutBox</name>
    <message>
        <source>BGE Desktop {version}</source>
        <translation>BGE Desktop {version}</translation>
    </message>
    <message>
        <source>About BGE Desktop</source>
        <translation>关于 BGE Desktop</translation>
    </message>
    <message>
        <source>Finds your documents by what they mean. Everything stays on this computer.</source>
        <translation>按意思查找您的文档。所有内容都留在这台电脑上。</translation>
    </message>
    <message>
        <source>Models: {models}</source>
        <translation>模型：{models}</translation>
    </message>
    <message>
        <source>Licence of the program and of the models: MIT</source>
        <translation>程序与模型的许可证：MIT</translation>
    </message>
    <message>
        <source>Where the library lies stands in the settings, under Privacy.</source>
        <translation>资料库的位置可在设置的“隐私”页中查看。</translation>
    </message>
</context>
<context>
    <name>AddedModels</name>
    <message>
        <source>Use for re-ranking</source>
        <translation>用于重新排序</translation>
    </message>
    <message>
        <source>Use {name} for re-ranking</source>
        <translation>用 {name} 重新排序</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Remove {name}</source>
        <translation>移除 {name}</translation>
    </message>
    <message>
        <source>It is in use, or kept for a return.</source>
        <translation>正在使用，或为恢复而保留。</translation>
    </message>
</context>
<context>
    <name>AnswerLine</name>
    <message>
        <source>looking closer…</source>
        <translation>正在细看…</translation>
    </message>
</context>
<context>
    <name>Bridge</name>
    <message>
        <source>A part of the program is missing or damaged ({reason}). Install it again.</source>
        <translation>程序的一部分缺失或已损坏（{reason}）。请重新安装。</translation>
    </message>
    <message>
        <source>The search could not start</source>
        <translation>无法启动搜索</translation>
    </message>
</context>
<context>
    <name>CopiesMenu</name>
    <message>
        <source>Copies</source>
        <translation>副本</translation>
    </message>
    <message>
        <source>The same</source>
        <translation>内容相同</translation>
    </message>
    <message>
        <source>Almost the same</source>
        <translation>内容几乎相同</translation>
    </message>
</context>
<context>
    <name>Copying</name>
    <message>
        <source>p. {number}</source>
        <translation>第 {number} 页</translation>
    </message>
</context>
<context>
    <name>Core</name>
    <message>
        <source>&quot;&quot; (the system&apos;s), &quot;en&quot; or &quot;zh&quot;</source>
        <translation>&quot;&quot;（跟随系统）、&quot;en&quot; 或 &quot;zh&quot;</translation>
    </message>
    <message>
        <source>&quot;slowly&quot;, &quot;wait&quot; or &quot;normally&quot;</source>
        <translation>&quot;slowly&quot;、&quot;wait&quot; 或 &quot;normally&quot;</translation>
    </message>
    <message>
        <source>A helper process could not be started ({strerror}). Close other programs and try again.</source>
        <translation>无法启动辅助进程（{strerror}）。请关闭其他程序后重试。</translation>
    </message>
    <message>
        <source>A text could not be embedded ({name}: {error}). It is found by its words only.</source>
        <translation>无法对一段文本进行语义分析（{name}：{error}）。它只能按字词搜索到。</translation>
    </message>
    <message>
        <source>A text could not be read ({error}).</source>
        <translation>无法读取一段文本（{error}）。</translation>
    </message>
    <message>
        <source>Add it first; then choose its rules.</source>
        <translation>请先添加它，再选择规则。</translation>
    </message>
    <message>
        <source>An unexpected error occurred, and was logged. Open the file in its own program.</source>
        <translation>发生了意外错误，已记入日志。请用相应的程序打开该文件。</translation>
    </message>
    <message>
        <source>An unexpected error occurred, and was logged. Restart the app if it does not go on.</source>
        <translation>发生了意外错误，已记入日志。如果应用没有继续工作，请重新启动。</translation>
    </message>
    <message>
        <source>Another BGE Desktop is writing to this library. Close it, or choose another library.</source>
        <translation>另一个 BGE Desktop 正在写入此资料库。请关闭它，或选择其他资料库。</translation>
    </message>
    <message>
        <source>Binary Excel format</source>
        <translation>二进制 Excel 格式</translation>
    </message>
    <message>
        <source>Cannot be converted</source>
        <translation>无法转换</translation>
    </message>
    <message>
        <source>Cannot be opened</source>
        <translation>无法打开</translation>
    </message>
    <message>
        <source>Cannot be read</source>
        <translation>无法读取</translation>
    </message>
    <message>
        <source>Cannot be shown</source>
        <translation>无法显示</translation>
    </message>
    <message>
        <source>Cannot index the library</source>
        <translation>不能索引资料库本身</translation>
    </message>
    <message>
        <source>Converting this old file took more than {value} seconds. Save it in the new format to make it searchable.</source>
        <translation>转换这个旧格式文件超过了 {value} 秒。请另存为新格式，以便搜索。</translation>
    </message>
    <message>
        <source>Correct the line {line}, which makes no sense; the other lines are followed.</source>
        <translation>请更正无效的行 {line}；其他行仍然有效。</translation>
    </message>
    <message>
        <source>Could not be read</source>
        <translation>无法读取</translation>
    </message>
    <message>
        <source>Could not start</source>
        <translation>无法启动</translation>
    </message>
    <message>
        <source>Damaged file</source>
        <translation>文件已损坏</translation>
    </message>
    <message>
        <source>Device not available</source>
        <translation>设备不可用</translation>
    </message>
    <message>
        <source>Disk error</source>
        <translation>磁盘错误</translation>
    </message>
    <message>
        <source>Drawing this took more than {timeout} seconds. Open it in its own program.</source>
        <translation>绘制超过了 {timeout} 秒。请用相应的程序打开。</translation>
    </message>
    <message>
        <source>Embedding failed</source>
        <translation>语义分析失败</translation>
    </message>
    <message>
        <source>Files cannot be read</source>
        <translation>无法读取文件</translation>
    </message>
    <message>
        <source>Folder not found</source>
        <translation>找不到文件夹</translation>
    </message>
    <message>
        <source>Found by its name</source>
        <translation>按名称找到</translation>
    </message>
    <message>
        <source>Free some memory, or restart the app.</source>
        <translation>请释放一些内存，或重新启动应用。</translation>
    </message>
    <message>
        <source>Ignore file not followed</source>
        <translation>忽略规则文件未生效</translation>
    </message>
    <message>
        <source>In {file}, {told}. Until it is, the usual value holds.</source>
        <translation>在 {file} 中，{told}。在更正之前使用默认值。</translation>
    </message>
    <message>
        <source>Incomplete</source>
        <translation>不完整</translation>
    </message>
    <message>
        <source>Incomplete archive</source>
        <translation>压缩包不完整</translation>
    </message>
    <message>
        <source>Incomplete file</source>
        <translation>文件不完整</translation>
    </message>
    <message>
        <source>It could not be read ({strerror}). Rescan its folder to find out more.</source>
        <translation>无法读取（{strerror}）。请重新扫描其文件夹以了解详情。</translation>
    </message>
    <message>
        <source>It is not there (any more). If it is on a disk or a share, connect that, then scan again.</source>
        <translation>它不存在或已不在原处。如果它位于磁盘或网络共享上，请先连接，再重新扫描。</translation>
    </message>
    <message>
        <source>It is not there or may not be read. Check the path.</source>
        <translation>它不存在或不允许读取。请检查路径。</translation>
    </message>
    <message>
        <source>It is put aside until it changes, or until you have this very file tried again.</source>
        <translation>在文件更改或您手动重试它之前，会先搁置。</translation>
    </message>
    <message>
        <source>It lies in a folder of the library whose rules leave it out.</source>
        <translation>它所在的资料库文件夹的规则将其排除在外。</translation>
    </message>
    <message>
        <source>It lies more than {most_depth} archives deep. Unpack the outer ones to make it searchable.</source>
        <translation>它位于 {most_depth} 层以上的压缩包之内。请先解压外层，以便搜索。</translation>
    </message>
    <message>
        <source>It was moved or deleted, or lies on a disk that is not connected. Connect the disk to see it here; until then it stays searchable.</source>
        <translation>它已被移动或删除，或者所在磁盘未连接。连接磁盘后可在此查看；在此之前仍可搜索。</translation>
    </message>
    <message>
        <source>Its later pages are damaged or missing. Open it in the program that made it and save it again.</source>
        <translation>后面的页面已损坏或缺失。请用创建它的程序打开并重新保存。</translation>
    </message>
    <message>
        <source>Left out by the rules</source>
        <translation>被规则排除</translation>
    </message>
    <message>
        <source>Library cannot be opened</source>
        <translation>无法打开资料库</translation>
    </message>
    <message>
        <source>Library cannot be used</source>
        <translation>无法使用资料库</translation>
    </message>
    <message>
        <source>Library is damaged</source>
        <translation>资料库已损坏</translation>
    </message>
    <message>
        <source>Library is in use</source>
        <translation>资料库正在使用</translation>
    </message>
    <message>
        <source>Library is read-only</source>
        <translation>资料库为只读</translation>
    </message>
    <message>
        <source>Library is too new</source>
        <translation>资料库版本过新</translation>
    </message>
    <message>
        <source>Library must be updated</source>
        <translation>资料库需要更新</translation>
    </message>
    <message>
        <source>LibreOffice could not open this old file: it may be damaged or ask for a password. Save it in the new format.</source>
        <translation>LibreOffice 无法打开这个旧格式文件：它可能已损坏或需要密码。请另存为新格式。</translation>
    </message>
    <message>
        <source>Locked by its seller</source>
        <translation>被销售方锁定</translation>
    </message>
    <message>
        <source>Looking at this gave nonsense: the file may be damaged. Open it in its own program.</source>
        <translation>预览得到的内容无效：文件可能已损坏。请用相应的程序打开。</translation>
    </message>
    <message>
        <source>Looking at this made its reader crash: the file may be damaged. Open it in its own program.</source>
        <translation>预览时读取程序崩溃：文件可能已损坏。请用相应的程序打开。</translation>
    </message>
    <message>
        <source>Make room on the disk; indexing then goes on where it was.</source>
        <translation>请清理磁盘空间；之后索引会从中断处继续。</translation>
    </message>
    <message>
        <source>Model files are missing</source>
        <translation>缺少模型文件</translation>
    </message>
    <message>
        <source>Model is damaged</source>
        <translation>模型已损坏</translation>
    </message>
    <message>
        <source>Name one that stands in the list of folders.</source>
        <translation>请指定文件夹列表中的一个。</translation>
    </message>
    <message>
        <source>Needs too much memory</source>
        <translation>需要的内存过多</translation>
    </message>
    <message>
        <source>Nested too deep</source>
        <translation>嵌套过深</translation>
    </message>
    <message>
        <source>No document holds “{phrases}” word for word.</source>
        <translation>没有文档逐字包含“{phrases}”。</translation>
    </message>
    <message>
        <source>No file here has “{shown}” in its name.</source>
        <translation>没有文件的名称包含“{shown}”。</translation>
    </message>
    <message>
        <source>No file here is called “{shown}”.</source>
        <translation>没有名为“{shown}”的文件。</translation>
    </message>
    <message>
        <source>No file here is of the type “{shown}”.</source>
        <translation>没有“{shown}”类型的文件。</translation>
    </message>
    <message>
        <source>No folder here is called “{shown}”.</source>
        <translation>没有名为“{shown}”的文件夹。</translation>
    </message>
    <message>
        <source>No library</source>
        <translation>没有资料库</translation>
    </message>
    <message>
        <source>No pages</source>
        <translation>没有页面</translation>
    </message>
    <message>
        <source>No permission</source>
        <translation>没有权限</translation>
    </message>
    <message>
        <source>No such setting</source>
        <translation>没有此设置</translation>
    </message>
    <message>
        <source>No temporary folder could be made ({strerror}). Make room on the disk and try again.</source>
        <translation>无法创建临时文件夹（{strerror}）。请清理磁盘空间后重试。</translation>
    </message>
    <message>
        <source>Not a file</source>
        <translation>不是文件</translation>
    </message>
    <message>
        <source>Not a folder of the library</source>
        <translation>不是资料库的文件夹</translation>
    </message>
    <message>
        <source>Not all of its pictures were read: there are many of them, and it would take too long.</source>
        <translation>其中的图片没有全部读取：数量太多，会花费太长时间。</translation>
    </message>
    <message>
        <source>Not all of the print in this picture was read: it would take too long.</source>
        <translation>此图片中的文字没有全部读取：会花费太长时间。</translation>
    </message>
    <message>
        <source>Not among the failed files</source>
        <translation>不在读取失败的文件之列</translation>
    </message>
    <message>
        <source>Not enough memory</source>
        <translation>内存不足</translation>
    </message>
    <message>
        <source>Not found in the file</source>
        <translation>在文件中找不到</translation>
    </message>
    <message>
        <source>Not in the library</source>
        <translation>不在资料库中</translation>
    </message>
    <message>
        <source>Not safe to read</source>
        <translation>读取不安全</translation>
    </message>
    <message>
        <source>Old PowerPoint format</source>
        <translation>旧版 PowerPoint 格式</translation>
    </message>
    <message>
        <source>Old Word format</source>
        <translation>旧版 Word 格式</translation>
    </message>
    <message>
        <source>Only files that could not be read can be tried again.</source>
        <translation>只有无法读取的文件才能重试。</translation>
    </message>
    <message>
        <source>Only the beginning of this could be read: the rest is missing or damaged.</source>
        <translation>只能读取开头部分：其余内容缺失或已损坏。</translation>
    </message>
    <message>
        <source>Only the first {longest_source} million characters of this were read. Split it to make all of it searchable.</source>
        <translation>只读取了前 {longest_source}00 万个字符。请拆分文件，以便搜索全部内容。</translation>
    </message>
    <message>
        <source>Only the first {most_named} files of {key}: are used.</source>
        <translation>{key}: 只使用前 {most_named} 个文件。</translation>
    </message>
    <message>
        <source>Only the first {most} phrases, excluded words and values of each filter are used.</source>
        <translation>短语、排除词和每种筛选的值都只使用前 {most} 个。</translation>
    </message>
    <message>
        <source>Only the first {read} of {of_all} were read: all of them would take too long.</source>
        <translation>只读取了{of_all}中的前 {read} 页：全部读取会花费太长时间。</translation>
    </message>
    <message>
        <source>Open the archive or mailbox itself.</source>
        <translation>请直接打开压缩包或邮箱文件。</translation>
    </message>
    <message>
        <source>PyTorch fp32 on the processor</source>
        <translation>PyTorch fp32（处理器）</translation>
    </message>
    <message>
        <source>OpenVINO bf16 on the processor</source>
        <translation>OpenVINO bf16（处理器）</translation>
    </message>
    <message>
        <source>OpenVINO fp16 on the processor</source>
        <translation>OpenVINO fp16（处理器）</translation>
    </message>
    <message>
        <source>OpenVINO fp32 on the processor</source>
        <translation>OpenVINO fp32（处理器）</translation>
    </message>
    <message>
        <source>OpenVINO int8 on the processor</source>
        <translation>OpenVINO int8（处理器）</translation>
    </message>
    <message>
        <source>PyTorch bf16 on the graphics card (CUDA)</source>
        <translation>PyTorch bf16（显卡，CUDA）</translation>
    </message>
    <message>
        <source>PyTorch fp16 on the graphics card (CUDA)</source>
        <translation>PyTorch fp16（显卡，CUDA）</translation>
    </message>
    <message>
        <source>PyTorch fp32 on the graphics card (Metal)</source>
        <translation>PyTorch fp32（显卡，Metal）</translation>
    </message>
    <message>
        <source>The ranges for int8 of {name} are missing or damaged. Install the app again.</source>
        <translation>{name} 的 int8 取值范围文件缺失或已损坏。请重新安装应用。</translation>
    </message>
    <message>
        <source>Pictures in it are damaged.</source>
        <translation>其中的图片已损坏。</translation>
    </message>
    <message>
        <source>A file cannot be read or written ({strerror}). Make room, or check the permissions.</source>
        <translation>文件无法读取或写入（{strerror}）。请腾出空间，或检查权限。</translation>
    </message>
    <message>
        <source>A file of the model {name} is damaged: {what}. {advice}</source>
        <translation>模型 {name} 的一个文件已损坏：{what}。{advice}</translation>
    </message>
    <message>
        <source>A label needs a name</source>
        <translation>标签需要名称</translation>
    </message>
    <message>
        <source>A label&apos;s name has {longest} characters at most.</source>
        <translation>标签名称最多 {longest} 个字符。</translation>
    </message>
    <message>
        <source>An unexpected error occurred ({name}). The model is as it was; try another one.</source>
        <translation>发生意外错误（{name}）。模型保持原样；请尝试另一个。</translation>
    </message>
    <message>
        <source>Another label is called “{name}”. Choose another name.</source>
        <translation>已有名为“{name}”的标签。请换一个名称。</translation>
    </message>
    <message>
        <source>Another model is being added. Wait until it is done.</source>
        <translation>正在添加另一个模型。请等待完成。</translation>
    </message>
    <message>
        <source>Documents could not be compared</source>
        <translation>无法比较文档</translation>
    </message>
    <message>
        <source>Install the app again.</source>
        <translation>请重新安装应用。</translation>
    </message>
    <message>
        <source>It cannot be removed ({strerror}). Close other windows of the app and try again.</source>
        <translation>无法移除（{strerror}）。请关闭应用的其他窗口后重试。</translation>
    </message>
    <message>
        <source>It takes {wanted} MB, and {free} MB of the disk are free. Make room first.</source>
        <translation>需要 {wanted} MB，而磁盘剩余 {free} MB。请先腾出空间。</translation>
    </message>
    <message>
        <source>Model cannot be read</source>
        <translation>无法读取模型</translation>
    </message>
    <message>
        <source>Model cannot be used</source>
        <translation>无法使用模型</translation>
    </message>
    <message>
        <source>Model not added</source>
        <translation>未添加模型</translation>
    </message>
    <message>
        <source>Model not removed</source>
        <translation>未移除模型</translation>
    </message>
    <message>
        <source>Model stays</source>
        <translation>模型保留</translation>
    </message>
    <message>
        <source>No former models</source>
        <translation>没有原来的模型</translation>
    </message>
    <message>
        <source>No label can be called so</source>
        <translation>标签不能使用这个名称</translation>
    </message>
    <message>
        <source>No label here is called “{shown}”.</source>
        <translation>这里没有名为“{shown}”的标签。</translation>
    </message>
    <message>
        <source>No such label</source>
        <translation>没有这个标签</translation>
    </message>
    <message>
        <source>No such model</source>
        <translation>没有这个模型</translation>
    </message>
    <message>
        <source>No topic here is called “{shown}”, or has it among its words.</source>
        <translation>这里没有名为“{shown}”或包含该词的主题。</translation>
    </message>
    <message>
        <source>Not enough room</source>
        <translation>空间不足</translation>
    </message>
    <message>
        <source>Of its parts for lexical weights and multi-vectors, {what}</source>
        <translation>其词汇权重与多向量部分：{what}</translation>
    </message>
    <message>
        <source>Only indexed files can have a label. Add the folder that holds it first.</source>
        <translation>只有已索引的文件才能加标签。请先添加其所在的文件夹。</translation>
    </message>
    <message>
        <source>Protected by a password</source>
        <translation>受密码保护</translation>
    </message>
    <message>
        <source>Re-ranking failed</source>
        <translation>重新排序失败</translation>
    </message>
    <message>
        <source>Read in part</source>
        <translation>部分读取</translation>
    </message>
    <message>
        <source>Reading this file gave nonsense. Save it anew to try again.</source>
        <translation>读取此文件得到的内容无效。请重新保存后再试。</translation>
    </message>
    <message>
        <source>Reading this file made its reader crash, twice. The file may be damaged; save it anew to try again.</source>
        <translation>读取此文件时，读取程序两次崩溃。文件可能已损坏；请重新保存后再试。</translation>
    </message>
    <message>
        <source>Reading this file needs too much memory. Split it, or close other programs and try again.</source>
        <translation>读取此文件需要的内存过多。请拆分文件，或关闭其他程序后重试。</translation>
    </message>
    <message>
        <source>Reading this file took more than {timeout} seconds. Split it, or save it in a simpler form.</source>
        <translation>读取此文件超过了 {timeout} 秒。请拆分文件，或以更简单的形式保存。</translation>
    </message>
    <message>
        <source>Remove the model and add it again.</source>
        <translation>请移除该模型后重新添加。</translation>
    </message>
    <message>
        <source>Searches go on, more slowly.</source>
        <translation>仍可搜索，但速度较慢。</translation>
    </message>
    <message>
        <source>Settings cannot be used</source>
        <translation>无法使用设置</translation>
    </message>
    <message>
        <source>Settings not saved</source>
        <translation>设置未保存</translation>
    </message>
    <message>
        <source>Some of them wait for the model to read them. Go on with what is paused, then try again.</source>
        <translation>部分文档还在等待模型读取。请继续已暂停的索引，然后重试。</translation>
    </message>
    <message>
        <source>Something unexpected was met ({name}: {error}). Restart the app to try again.</source>
        <translation>遇到意外情况（{name}：{error}）。请重启应用后重试。</translation>
    </message>
    <message>
        <source>Something went wrong</source>
        <translation>出现问题</translation>
    </message>
    <message>
        <source>Stored with holes</source>
        <translation>稀疏存储</translation>
    </message>
    <message>
        <source>The damaged copy is {copy}.</source>
        <translation>损坏的副本保存在 {copy}。</translation>
    </message>
    <message>
        <source>The disk is full</source>
        <translation>磁盘已满</translation>
    </message>
    <message>
        <source>The disk reports an error while reading this file. Copy it from a backup.</source>
        <translation>读取此文件时磁盘报告错误。请从备份中恢复。</translation>
    </message>
    <message>
        <source>The disk reports an error. Check that it is connected and whole; indexing then goes on where it was.</source>
        <translation>磁盘报告错误。请检查磁盘是否已连接且完好；之后索引会从中断处继续。</translation>
    </message>
    <message>
        <source>The documents cannot be grouped yet</source>
        <translation>文档暂时无法分组</translation>
    </message>
    <message>
        <source>The documents were grouped anew meanwhile.</source>
        <translation>文档在此期间已重新分组。</translation>
    </message>
    <message>
        <source>The end of this PDF is missing. Copy or download the file again.</source>
        <translation>此 PDF 的结尾缺失。请重新复制或下载文件。</translation>
    </message>
    <message>
        <source>The end of this archive is missing or damaged. What could be read of it can be found.</source>
        <translation>此压缩包的结尾缺失或已损坏。已读取的部分可以搜索。</translation>
    </message>
    <message>
        <source>The file cannot be read ({strerror}). Check its permissions; the usual settings hold.</source>
        <translation>无法读取文件（{strerror}）。请检查其权限；目前使用默认设置。</translation>
    </message>
    <message>
        <source>The file does not hold this any more, or not in a form that can be read. Open the archive or mailbox itself.</source>
        <translation>文件中已没有此内容，或其形式无法读取。请直接打开压缩包或邮箱文件。</translation>
    </message>
    <message>
        <source>The file is damaged. Correct it or delete it; the usual settings hold.</source>
        <translation>文件已损坏。请更正或删除它；目前使用默认设置。</translation>
    </message>
    <message>
        <source>The file is not there</source>
        <translation>文件不在原处</translation>
    </message>
    <message>
        <source>The file made its reader crash</source>
        <translation>文件导致读取程序崩溃</translation>
    </message>
    <message>
        <source>The file was damaged, and is kept under this name. The usual settings hold.</source>
        <translation>文件已损坏，现以此名称保留。目前使用默认设置。</translation>
    </message>
    <message>
        <source>The file was no longer there when it was to be read. If it comes back, it is read then.</source>
        <translation>准备读取时文件已不存在。如果它重新出现，届时会再读取。</translation>
    </message>
    <message>
        <source>The files in it lie over each other, as if made to fill up a computer. It was not read.</source>
        <translation>其中的文件相互重叠，像是为塞满电脑而制作的。因此没有读取。</translation>
    </message>
    <message>
        <source>The folder cannot be read ({strerror}). Check that it is there, and its permissions.</source>
        <translation>无法读取文件夹（{strerror}）。请检查它是否存在及其权限。</translation>
    </message>
    <message>
        <source>The folders are not known any more: add them again.</source>
        <translation>文件夹信息已丢失：请重新添加。</translation>
    </message>
    <message>
        <source>The hub does not answer</source>
        <translation>模型库没有响应</translation>
    </message>
    <message>
        <source>The hub has no model “{name}” that everybody may have. Check its name.</source>
        <translation>模型库中没有可公开获取的模型“{name}”。请检查名称。</translation>
    </message>
    <message>
        <source>The hub has no such revision of “{name}”.</source>
        <translation>模型库中没有“{name}”的这个版本。</translation>
    </message>
    <message>
        <source>The index of meanings could not be built</source>
        <translation>无法建立语义索引</translation>
    </message>
    <message>
        <source>The index of meanings could not be built. Close other programs; searches go on, more slowly.</source>
        <translation>无法建立语义索引。请关闭其他程序；仍可搜索，但速度较慢。</translation>
    </message>
    <message>
        <source>The library cannot be read or written ({strerror}).</source>
        <translation>无法读取或写入资料库（{strerror}）。</translation>
    </message>
    <message>
        <source>The library could not be checked</source>
        <translation>无法检查资料库</translation>
    </message>
    <message>
        <source>The library uses {name}, or keeps it for a return. Choose another, and forget the former models.</source>
        <translation>资料库正在使用 {name}，或为恢复而保留它。请选择另一个，并移除原来的模型。</translation>
    </message>
    <message>
        <source>The library was damaged and has been repaired</source>
        <translation>资料库曾损坏，现已修复</translation>
    </message>
    <message>
        <source>The library&apos;s database is damaged; your documents are safe. Open it in the window, or index a folder: what is readable of it is kept, and the rest is read again.</source>
        <translation>资料库的数据库已损坏；您的文档是安全的。请在窗口中打开它，或索引一个文件夹：可读取的部分会保留，其余部分会重新读取。</translation>
    </message>
    <message>
        <source>The library&apos;s database says: {error}.</source>
        <translation>资料库的数据库报告：{error}。</translation>
    </message>
    <message>
        <source>The library&apos;s disk has an error</source>
        <translation>资料库所在磁盘有错误</translation>
    </message>
    <message>
        <source>The library&apos;s folder cannot be used ({strerror}). Choose another one.</source>
        <translation>无法使用资料库文件夹（{strerror}）。请选择其他文件夹。</translation>
    </message>
    <message>
        <source>The library&apos;s folder cannot be written to ({reason}). Choose another one.</source>
        <translation>无法写入资料库文件夹（{reason}）。请选择其他文件夹。</translation>
    </message>
    <message>
        <source>The library&apos;s folder cannot be written to.</source>
        <translation>无法写入资料库文件夹。</translation>
    </message>
    <message>
        <source>The list of model files cannot be read ({strerror}). Install the app again.</source>
        <translation>无法读取模型文件列表（{strerror}）。请重新安装应用。</translation>
    </message>
    <message>
        <source>The model {name} does not run here. Free some memory, or choose a smaller one.</source>
        <translation>模型 {name} 无法在此运行。请释放内存，或选择更小的模型。</translation>
    </message>
    <message>
        <source>The name is too long</source>
        <translation>名称太长</translation>
    </message>
    <message>
        <source>The next start tries again.</source>
        <translation>下次启动时会重试。</translation>
    </message>
    <message>
        <source>The process that adds models ended (exit status {status}). Free some memory and try again.</source>
        <translation>添加模型的进程已结束（退出状态 {status}）。请释放内存后重试。</translation>
    </message>
    <message>
        <source>The process that compares them ended (exit status {status}). Free some memory and try again.</source>
        <translation>比较文档的进程已结束（退出状态 {status}）。请释放内存后重试。</translation>
    </message>
    <message>
        <source>The process that embeds texts does not start. Free some memory, or restart the app.</source>
        <translation>语义分析进程无法启动。请释放一些内存，或重新启动应用。</translation>
    </message>
    <message>
        <source>The process that embeds texts ended {most_deaths} times (exit status {status}).</source>
        <translation>语义分析进程已 {most_deaths} 次意外结束（退出状态 {status}）。</translation>
    </message>
    <message>
        <source>The process that reads files does not start. Restart the program; if that does not help, reinstall it.</source>
        <translation>读取文件的进程无法启动。请重新启动程序；如果仍然不行，请重新安装。</translation>
    </message>
    <message>
        <source>The rest of this archive is missing or damaged. What could be read can be found.</source>
        <translation>此压缩包的其余部分缺失或已损坏。已读取的部分可以搜索。</translation>
    </message>
    <message>
        <source>The rules have changed</source>
        <translation>规则已更改</translation>
    </message>
    <message>
        <source>The rules of {displayable} are lost.</source>
        <translation>{displayable} 的规则已丢失。</translation>
    </message>
    <message>
        <source>The settings cannot be written ({strerror}). Make room, or check the folder&apos;s permissions.</source>
        <translation>无法写入设置（{strerror}）。请清理磁盘空间，或检查文件夹的权限。</translation>
    </message>
    <message>
        <source>The system could not read it ({strerror}). Check the disk, then scan again.</source>
        <translation>系统无法读取它（{strerror}）。请检查磁盘，再重新扫描。</translation>
    </message>
    <message>
        <source>The system says: {reason}. Check that you can open the file, then try again.</source>
        <translation>系统报告：{reason}。请确认可以打开该文件，然后重试。</translation>
    </message>
    <message>
        <source>The system says: {reason}. Save the file in the new format to make it searchable.</source>
        <translation>系统报告：{reason}。请将文件另存为新格式，以便搜索。</translation>
    </message>
    <message>
        <source>The text of this message holds too much besides words. Save the message as text.</source>
        <translation>此邮件正文包含过多文字以外的内容。请将邮件另存为文本。</translation>
    </message>
    <message>
        <source>The text of this message is damaged. Have it sent again.</source>
        <translation>此邮件的正文已损坏。请让对方重新发送。</translation>
    </message>
    <message>
        <source>The tokenizer of {name} cannot be read.</source>
        <translation>无法读取 {name} 的分词器。</translation>
    </message>
    <message>
        <source>The topic is gone</source>
        <translation>该主题已不存在</translation>
    </message>
    <message>
        <source>The weights of {name} cannot be read. Add the model again.</source>
        <translation>无法读取 {name} 的权重。请重新添加该模型。</translation>
    </message>
    <message>
        <source>There are none to return to: nothing of them is kept.</source>
        <translation>没有可恢复的模型：未保留任何内容。</translation>
    </message>
    <message>
        <source>There are {others} more reasons.</source>
        <translation>还有 {others} 个其他原因。</translation>
    </message>
    <message>
        <source>There is no label “{clean}”. Make it first.</source>
        <translation>没有标签“{clean}”。请先创建。</translation>
    </message>
    <message>
        <source>There is no library here yet. Index a folder first: bge-desktop index FOLDER</source>
        <translation>这里还没有资料库。请先索引一个文件夹：bge-desktop index FOLDER</translation>
    </message>
    <message>
        <source>There is no model “{name}”. There are: {name_2}.</source>
        <translation>没有模型“{name}”。现有：{name_2}。</translation>
    </message>
    <message>
        <source>There is no {upper} device that torch can use. Choose the device &quot;auto&quot; or &quot;cpu&quot;.</source>
        <translation>没有 torch 可用的 {upper} 设备。请选择设备 &quot;auto&quot; 或 &quot;cpu&quot;。</translation>
    </message>
    <message>
        <source>There is one more reason.</source>
        <translation>还有 1 个其他原因。</translation>
    </message>
    <message>
        <source>There is such a label</source>
        <translation>已有这个标签</translation>
    </message>
    <message>
        <source>They were changed elsewhere meanwhile. Try again.</source>
        <translation>其间它们已在别处更改。请重试。</translation>
    </message>
    <message>
        <source>This PDF asks for a password. Save a copy without the password to make it searchable.</source>
        <translation>此 PDF 需要密码。请保存一份无密码的副本，以便搜索。</translation>
    </message>
    <message>
        <source>This PDF holds no pages. Copy or download the file again.</source>
        <translation>此 PDF 没有任何页面。请重新复制或下载文件。</translation>
    </message>
    <message>
        <source>This archive lists hundreds of thousands of files. Unpack it to make them searchable.</source>
        <translation>此压缩包列有数十万个文件。请将其解压，以便搜索。</translation>
    </message>
    <message>
        <source>This attachment could not be decoded. Have it sent again.</source>
        <translation>无法解码此附件。请让对方重新发送。</translation>
    </message>
    <message>
        <source>This attachment could not be unpacked. Have the PDF sent again.</source>
        <translation>无法解压此附件。请让对方重新发送 PDF。</translation>
    </message>
    <message>
        <source>This book can be read only with the account or device that it was sold to (DRM). A copy without that lock would be searchable.</source>
        <translation>此书只能用购买时的账户或设备阅读 (DRM)。没有此限制的副本可以搜索。</translation>
    </message>
    <message>
        <source>This could not be unpacked ({reason}). Open the archive or mailbox itself.</source>
        <translation>无法解压（{reason}）。请直接打开压缩包或邮箱文件。</translation>
    </message>
    <message>
        <source>This could not be unpacked. Make or download the archive anew.</source>
        <translation>无法解压。请重新制作或下载压缩包。</translation>
    </message>
    <message>
        <source>This document asks for a password. Save a copy without the password to make it searchable.</source>
        <translation>此文档需要密码。请保存一份无密码的副本，以便搜索。</translation>
    </message>
    <message>
        <source>This document defines abbreviations, which could grow without end or fetch other files. If you trust it, open it in the program that made it and save it anew.</source>
        <translation>此文档定义了实体缩写，可能会无限展开或获取其他文件。如果您信任它，请用创建它的程序打开并重新保存。</translation>
    </message>
    <message>
        <source>This document has more than 100 MB of text with its markup. Split it to make it searchable.</source>
        <translation>此文档连同标记超过 100 MB 文本。请拆分文件，以便搜索。</translation>
    </message>
    <message>
        <source>This document nests its parts deeper than anybody writes them. Save it in a simpler form.</source>
        <translation>此文档的嵌套层次异常之深。请以更简单的形式保存。</translation>
    </message>
    <message>
        <source>This file holds more than 20 million characters. Split it to make all of it searchable.</source>
        <translation>此文件超过 2000 万个字符。请拆分文件，以便搜索全部内容。</translation>
    </message>
    <message>
        <source>This file is damaged or incomplete. Open it in the program that made it and save it again.</source>
        <translation>此文件已损坏或不完整。请用创建它的程序打开并重新保存。</translation>
    </message>
    <message>
        <source>This file is larger than {limit_mb} MB. Split it to make it searchable.</source>
        <translation>此文件超过 {limit_mb} MB。请拆分文件，以便搜索。</translation>
    </message>
    <message>
        <source>This file is not in the library any more, or was not read yet. Search again.</source>
        <translation>此文件已不在资料库中，或尚未读取。请重新搜索。</translation>
    </message>
    <message>
        <source>This file is too large to be drawn here. Open it in its own program.</source>
        <translation>此文件过大，无法在此绘制。请用相应的程序打开。</translation>
    </message>
    <message>
        <source>This file nests its parts deeper than anybody writes them. Save it in a simpler form.</source>
        <translation>此文件的嵌套层次异常之深。请以更简单的形式保存。</translation>
    </message>
    <message>
        <source>This file unpacks to hundreds of times its own size, as files do that are made to fill up a computer. It was not read. If you trust it, unpack it yourself to make its content searchable.</source>
        <translation>此文件解压后是自身大小的数百倍，像是为塞满电脑而制作的文件。因此没有读取。如果您信任它，请自行解压，以便搜索其中的内容。</translation>
    </message>
    <message>
        <source>This file {what}. Split or unpack it to make all of it searchable.</source>
        <translation>此文件{what}。请拆分或解压，以便搜索全部内容。</translation>
    </message>
    <message>
        <source>This folder holds the library itself.</source>
        <translation>此文件夹包含资料库本身。</translation>
    </message>
    <message>
        <source>This is a binary Excel file (.xlsb). Open it in Excel or LibreOffice and save it as .xlsx.</source>
        <translation>这是二进制 Excel 文件 (.xlsb)。请用 Excel 或 LibreOffice 打开并另存为 .xlsx。</translation>
    </message>
    <message>
        <source>This is an old PowerPoint file (.ppt). Open it in PowerPoint or LibreOffice and save it as .pptx.</source>
        <translation>这是旧版 PowerPoint 文件 (.ppt)。请用 PowerPoint 或 LibreOffice 打开并另存为 .pptx。</translation>
    </message>
    <message>
        <source>This is an old Word file (.doc). Open it in Word or LibreOffice and save it as .docx.</source>
        <translation>这是旧版 Word 文件 (.doc)。请用 Word 或 LibreOffice 打开并另存为 .docx。</translation>
    </message>
    <message>
        <source>This is larger than {largest_member} MB. Unpack and split it to make it searchable.</source>
        <translation>它超过 {largest_member} MB。请解压并拆分，以便搜索。</translation>
    </message>
    <message>
        <source>This is no regular file but a pipe, a socket, a device, a link or a folder: there is nothing to read.</source>
        <translation>这不是普通文件，而是管道、套接字、设备、链接或文件夹：没有可读取的内容。</translation>
    </message>
    <message>
        <source>This is packed in a way that cannot be read here. Unpack it to make it searchable.</source>
        <translation>此处无法读取这种压缩方式。请将其解压，以便搜索。</translation>
    </message>
    <message>
        <source>This is stored with holes in it, not in full. Unpack it to make it searchable.</source>
        <translation>它以稀疏方式存储，内容不完整。请将其解压，以便搜索。</translation>
    </message>
    <message>
        <source>This library was made by a newer version of the app. Update the app; the library was not touched.</source>
        <translation>此资料库由更新版本的应用创建。请更新应用；资料库没有被改动。</translation>
    </message>
    <message>
        <source>This library was made by an older version of the app. Open it in the window, or index, to update it.</source>
        <translation>此资料库由旧版本的应用创建。请在窗口中打开或进行索引，以更新它。</translation>
    </message>
    <message>
        <source>This model cannot be used: {error}.</source>
        <translation>无法使用此模型：{error}。</translation>
    </message>
    <message>
        <source>This page nests its elements thousands of levels deep. No browser shows all of it either.</source>
        <translation>此网页的元素嵌套了数千层，浏览器也无法完整显示。</translation>
    </message>
    <message>
        <source>This picture has more than {most} million pixels. Save it smaller to find its words.</source>
        <translation>此图片超过 {most}00 万像素。请缩小后保存，以便搜索其中的文字。</translation>
    </message>
    <message>
        <source>Too large</source>
        <translation>过大</translation>
    </message>
    <message>
        <source>Too large to open</source>
        <translation>过大，无法打开</translation>
    </message>
    <message>
        <source>Too many files</source>
        <translation>文件过多</translation>
    </message>
    <message>
        <source>Took too long</source>
        <translation>用时过长</translation>
    </message>
    <message>
        <source>Type a word or two.</source>
        <translation>请输入一两个词。</translation>
    </message>
    <message>
        <source>Unknown packing</source>
        <translation>未知的压缩方式</translation>
    </message>
    <message>
        <source>Unpack this with its password to make it searchable.</source>
        <translation>请用密码解压，以便搜索。</translation>
    </message>
    <message>
        <source>Unpacking this made its reader crash: the file may be damaged. Open the archive or mailbox itself.</source>
        <translation>解压时读取程序崩溃：文件可能已损坏。请直接打开压缩包或邮箱文件。</translation>
    </message>
    <message>
        <source>Unpacking this took more than {timeout} seconds. Open the archive or mailbox itself.</source>
        <translation>解压超过了 {timeout} 秒。请直接打开压缩包或邮箱文件。</translation>
    </message>
    <message>
        <source>Unpacks without end</source>
        <translation>无限解压</translation>
    </message>
    <message>
        <source>Vanished</source>
        <translation>已消失</translation>
    </message>
    <message>
        <source>What is larger than {largest} MB is not unpacked from here. Open the archive itself.</source>
        <translation>超过 {largest} MB 的内容不能从这里解压。请直接打开压缩包。</translation>
    </message>
    <message>
        <source>What it names is not left out, because it could not be read ({strerror}).</source>
        <translation>它列出的内容没有被排除，因为无法读取它（{strerror}）。</translation>
    </message>
    <message>
        <source>What was unpacked could not be written ({reason}). Make room on the disk and try again.</source>
        <translation>无法写入解压的内容（{reason}）。请清理磁盘空间后重试。</translation>
    </message>
    <message>
        <source>You have no permission to read it. Change its permissions, then scan again.</source>
        <translation>您没有读取它的权限。请更改其权限，再重新扫描。</translation>
    </message>
    <message>
        <source>You may not read this file. Change its permissions, or leave it out.</source>
        <translation>您没有读取此文件的权限。请更改其权限，或将它排除。</translation>
    </message>
    <message>
        <source>a minus goes before words, type:, folder:, name:, label:, topic: and like: only</source>
        <translation>减号只能放在词语、type:、folder:、name:、label:、topic: 和 like: 之前</translation>
    </message>
    <message>
        <source>the hub names no commit of it</source>
        <translation>模型库没有给出它的有效版本</translation>
    </message>
    <message>
        <source>“{wrong}” does not fit its config.json</source>
        <translation>“{wrong}”与其 config.json 不符</translation>
    </message>
    <message>
        <source>a number from {low} to {high}</source>
        <translation>{low} 到 {high} 之间的数</translation>
    </message>
    <message>
        <source>a whole number from {low} to {high}</source>
        <translation>{low} 到 {high} 之间的整数</translation>
    </message>
    <message>
        <source>attachment</source>
        <translation>附件</translation>
    </message>
    <message>
        <source>cell {number}</source>
        <translation>单元格 {number}</translation>
    </message>
    <message>
        <source>comments</source>
        <translation>批注</translation>
    </message>
    <message>
        <source>comments and forms</source>
        <translation>批注和表单</translation>
    </message>
    <message>
        <source>config.json is missing</source>
        <translation>缺少 config.json</translation>
    </message>
    <message>
        <source>endnotes</source>
        <translation>尾注</translation>
    </message>
    <message>
        <source>footnotes</source>
        <translation>脚注</translation>
    </message>
    <message>
        <source>header and footer</source>
        <translation>页眉和页脚</translation>
    </message>
    <message>
        <source>holds more than {most_characters} million characters</source>
        <translation>超过 {most_characters}00 万个字符</translation>
    </message>
    <message>
        <source>holds more than {most_members} files</source>
        <translation>包含超过 {most_members} 个文件</translation>
    </message>
    <message>
        <source>it cannot be read ({strerror})</source>
        <translation>无法读取（{strerror}）</translation>
    </message>
    <message>
        <source>it counts positions in a way that this app does not know</source>
        <translation>它的位置编号方式是本应用不了解的</translation>
    </message>
    <message>
        <source>it does not list the model</source>
        <translation>其中没有列出该模型</translation>
    </message>
    <message>
        <source>it has a part, “{foreign}”, that this app cannot compute</source>
        <translation>它含有本应用无法计算的部分“{foreign}”</translation>
    </message>
    <message>
        <source>it has no layers that score a passage (“{missing}” is missing): it is no reranker</source>
        <translation>它没有为段落评分的层（缺少“{missing}”）：不是重新排序模型</translation>
    </message>
    <message>
        <source>it is a re-ranking model, which makes no vectors of texts</source>
        <translation>它是重新排序模型，不生成文本向量</translation>
    </message>
    <message>
        <source>it needs program code of its own, which this app never runs</source>
        <translation>它需要自带的程序代码，本应用从不运行此类代码</translation>
    </message>
    <message>
        <source>it tells {labels} classes apart, where a reranker has one label</source>
        <translation>它区分 {labels} 个类别，而重新排序模型只有一个标签</translation>
    </message>
    <message>
        <source>it writes text rather than reading it</source>
        <translation>它用于写文本，而非阅读文本</translation>
    </message>
    <message>
        <source>its activation, “{activation}”, is none that this app can compute</source>
        <translation>本应用无法计算它的激活函数“{activation}”</translation>
    </message>
    <message>
        <source>its architecture, “{kind}”, is none that this app can run (BERT, RoBERTa and XLM-R are)</source>
        <translation>本应用无法运行它的架构“{kind}”（支持 BERT、RoBERTa 和 XLM-R）</translation>
    </message>
    <message>
        <source>its config.json does not say {args}</source>
        <translation>它的 config.json 未注明 {args}</translation>
    </message>
    <message>
        <source>its config.json has a size that is not positive</source>
        <translation>它的 config.json 中有不为正数的大小</translation>
    </message>
    <message>
        <source>its config.json has a value of a wrong kind</source>
        <translation>它的 config.json 中有类型错误的值</translation>
    </message>
    <message>
        <source>its config.json speaks of {layers} layers</source>
        <translation>它的 config.json 注明有 {layers} 层</translation>
    </message>
    <message>
        <source>its content is not what was added</source>
        <translation>其内容与添加时不同</translation>
    </message>
    <message>
        <source>its content is not what was shipped</source>
        <translation>其内容与随附的不一致</translation>
    </message>
    <message>
        <source>its modules.json is damaged</source>
        <translation>它的 modules.json 已损坏</translation>
    </message>
    <message>
        <source>its pooling ({modes}) is none that this app can compute</source>
        <translation>本应用无法计算它的池化方式（{modes}）</translation>
    </message>
    <message>
        <source>its pooling is of {own} numbers, its weights are of {size}</source>
        <translation>它的池化为 {own} 个数值，而权重为 {size} 个</translation>
    </message>
    <message>
        <source>its size {size} cannot be divided among {heads} heads</source>
        <translation>它的大小 {size} 无法平分给 {heads} 个注意力头</translation>
    </message>
    <message>
        <source>its tokenizer does not put a token before and one behind each text</source>
        <translation>它的分词器没有在每段文本前后各加一个词元</translation>
    </message>
    <message>
        <source>its tokenizer has {get_vocab_size} tokens, its weights know {tokens}</source>
        <translation>它的分词器有 {get_vocab_size} 个词元，而权重只认识 {tokens} 个</translation>
    </message>
    <message>
        <source>its vocabulary has no token {padding}</source>
        <translation>它的词表中没有词元 {padding}</translation>
    </message>
    <message>
        <source>its weights lack “{name}”</source>
        <translation>它的权重缺少“{name}”</translation>
    </message>
    <message>
        <source>its {index} is damaged</source>
        <translation>它的 {index} 已损坏</translation>
    </message>
    <message>
        <source>its {index} names files that are none of weights</source>
        <translation>它的 {index} 所列文件不是权重文件</translation>
    </message>
    <message>
        <source>its {name} is damaged</source>
        <translation>它的 {name} 已损坏</translation>
    </message>
    <message>
        <source>its {tokenizer} is damaged</source>
        <translation>它的 {tokenizer} 已损坏</translation>
    </message>
    <message>
        <source>keys such as &quot;Ctrl+Alt+Space&quot;, with a letter, a digit, Space or F1 to F12 at the end, or &quot;&quot;</source>
        <translation>形如 &quot;Ctrl+Alt+Space&quot; 的按键，以字母、数字、Space 或 F1 至 F12 结尾，或者 &quot;&quot;</translation>
    </message>
    <message>
        <source>lang:zh or lang:en</source>
        <translation>lang:zh 或 lang:en</translation>
    </message>
    <message>
        <source>line {current_line_number}: {name}</source>
        <translation>第 {current_line_number} 行：{name}</translation>
    </message>
    <message>
        <source>line {line}</source>
        <translation>第 {line} 行</translation>
    </message>
    <message>
        <source>line {line}: {path}</source>
        <translation>第 {line} 行：{path}</translation>
    </message>
    <message>
        <source>line {number}</source>
        <translation>第 {number} 行</translation>
    </message>
    <message>
        <source>line {number}: {format}</source>
        <translation>第 {number} 行：{format}</translation>
    </message>
    <message>
        <source>line {number}: {rstrip}</source>
        <translation>第 {number} 行：{rstrip}</translation>
    </message>
    <message>
        <source>message {number}</source>
        <translation>邮件 {number}</translation>
    </message>
    <message>
        <source>message {number}: {subject}</source>
        <translation>邮件 {number}：{subject}</translation>
    </message>
    <message>
        <source>notes</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>properties</source>
        <translation>属性</translation>
    </message>
    <message>
        <source>takes more than {seconds} seconds to read</source>
        <translation>读取需要超过 {seconds} 秒</translation>
    </message>
    <message>
        <source>the whole path of a folder, or &quot;&quot;</source>
        <translation>文件夹的完整路径，或 &quot;&quot;</translation>
    </message>
    <message>
        <source>there is no {word_pieces} and no {sentence_pieces}</source>
        <translation>既没有 {word_pieces} 也没有 {sentence_pieces}</translation>
    </message>
    <message>
        <source>this model&apos;s weights are pickled ({pickled}), which can run code when they are read: look for a revision that has {weights}, or save them as that with a program that you trust them to</source>
        <translation>此模型的权重是 pickle 格式（{pickled}），读取时可能运行代码：请寻找包含 {weights} 的版本，或用您信任的程序将其另存为该格式</translation>
    </message>
    <message>
        <source>true or false</source>
        <translation>true 或 false</translation>
    </message>
    <message>
        <source>unpacks to more than {most_unpacked} MB</source>
        <translation>解压后超过 {most_unpacked} MB</translation>
    </message>
    <message>
        <source>what came as {name} is not what the hub has, and is fetched anew at the next try</source>
        <translation>收到的 {name} 与模型库中的不一致，下次尝试时将重新获取</translation>
    </message>
    <message>
        <source>what it wants in front of a text is longer than a text</source>
        <translation>它要求放在文本前面的内容比文本还长</translation>
    </message>
    <message>
        <source>{basename} is no file. Open the library in the window, or index, to move it aside.</source>
        <translation>{basename} 不是文件。请在窗口中打开资料库或进行索引，以将其移开。</translation>
    </message>
    <message>
        <source>{count} pages</source>
        <translation> {count} 页</translation>
    </message>
    <message>
        <source>{count} scanned pages</source>
        <translation> {count} 页扫描页</translation>
    </message>
    <message>
        <source>{documents} documents and {embedded} embedded passages could be kept</source>
        <translation>保留了 {documents} 个文档和 {embedded} 个已分析的段落</translation>
    </message>
    <message>
        <source>{held}; your files are compared with them, and what is missing is read again.{lost}{again}{where}</source>
        <translation>{held}；正在与您的文件比对，缺少的内容会重新读取。{lost}{again}{where}</translation>
    </message>
    <message>
        <source>{message} Results stay in their first order.</source>
        <translation>{message} 结果保持原来的排序。</translation>
    </message>
    <message>
        <source>{missing} is missing</source>
        <translation>缺少 {missing}</translation>
    </message>
    <message>
        <source>{names}: {title}. {message}</source>
        <translation>{names}：{title}。{message}</translation>
    </message>
    <message>
        <source>{name} comes with the app, and is not removed.</source>
        <translation>{name} 随应用提供，不能移除。</translation>
    </message>
    <message>
        <source>{name} holds no text that can be read, and no picture that can be shown. Open it in its own program.</source>
        <translation>{name} 中没有可读取的文本，也没有可显示的图片。请用相应的程序打开。</translation>
    </message>
    <message>
        <source>{name} is a re-ranking model, which makes no vectors of texts.</source>
        <translation>{name} 是重新排序模型，不生成文本向量。</translation>
    </message>
    <message>
        <source>{name} is damaged ({error})</source>
        <translation>{name} 已损坏（{error}）</translation>
    </message>
    <message>
        <source>{shown} holds no word that could be looked for exactly.</source>
        <translation>{shown} 中没有可以精确查找的词语。</translation>
    </message>
    <message>
        <source>{shown} is searched as text: the second quotation mark is missing.</source>
        <translation>{shown} 按普通文本搜索：缺少后引号。</translation>
    </message>
    <message>
        <source>{shown} is searched as text: write it like {examples}.</source>
        <translation>{shown} 按普通文本搜索：正确写法如 {examples}。</translation>
    </message>
    <message>
        <source>{shown} is searched as text: {only}.</source>
        <translation>{shown} 按普通文本搜索：{only}。</translation>
    </message>
    <message>
        <source>{tokenizer} is missing</source>
        <translation>缺少 {tokenizer}</translation>
    </message>
    <message>
        <source>{tokenizer} is missing, and could not be made of another file ({reason}).</source>
        <translation>缺少 {tokenizer}，也无法由其他文件生成（{reason}）。</translation>
    </message>
    <message>
        <source>{value} and {others} more</source>
        <translation>{value} 等，另有 {others} 个</translation>
    </message>
    <message>
        <source>{weights} is missing</source>
        <translation>缺少 {weights}</translation>
    </message>
    <message>
        <source>“{clean}” stands for documents without a label.</source>
        <translation>“{clean}”表示没有标签的文档。</translation>
    </message>
    <message>
        <source>“{key}” is no setting; these are: {allowed}.</source>
        <translation>没有“{key}”这项设置；可用的有：{allowed}。</translation>
    </message>
    <message>
        <source>“{key}” must be {allowed}</source>
        <translation>“{key}”必须为：{allowed}</translation>
    </message>
    <message>
        <source>“{key}” must be {allowed}.</source>
        <translation>“{key}”必须为：{allowed}。</translation>
    </message>
    <message>
        <source>“{missing}.pt” is missing. Get the model again, with all of its files.</source>
        <translation>缺少“{missing}.pt”。请重新获取完整的模型。</translation>
    </message>
    <message>
        <source>“{name}.pt” cannot be read as tensors ({name_2}).</source>
        <translation>“{name}.pt”无法作为张量读取（{name_2}）。</translation>
    </message>
    <message>
        <source>“{name}” cannot be read ({name_2}).</source>
        <translation>无法读取“{name}”（{name_2}）。</translation>
    </message>
    <message>
        <source>“{name}” cannot be used: {error}.</source>
        <translation>无法使用“{name}”：{error}。</translation>
    </message>
    <message>
        <source>“{name}” could not be fetched ({name_2}). What has come is kept: try again later.</source>
        <translation>无法获取“{name}”（{name_2}）。已收到的部分会保留：请稍后重试。</translation>
    </message>
    <message>
        <source>“{name}” has {own} numbers in its weights, {other} by its config.json</source>
        <translation>“{name}”的权重有 {own} 个数值，而 config.json 注明为 {other} 个</translation>
    </message>
    <message>
        <source>“{name}” holds no text that others could be compared with.</source>
        <translation>“{name}”中没有可供比较的文本。</translation>
    </message>
    <message>
        <source>“{name}” is not how a model is named on a hub: the owner, a slash and the model, as BAAI/bge-m3.</source>
        <translation>“{name}”不是模型库的命名方式：应为所有者、斜杠和模型名，例如 BAAI/bge-m3。</translation>
    </message>
    <message>
        <source>“{name}” is not in the library, so {key}: says nothing.</source>
        <translation>“{name}”不在资料库中，因此 {key}: 不起作用。</translation>
    </message>
    <message>
        <source>“{name}” is not the layer that it should be; it holds {shapes}.</source>
        <translation>“{name}”不是应有的层；其内容为 {shapes}。</translation>
    </message>
    <message>
        <source>“{name}” is stored as {kind}, which this app cannot compute with (F32, F16 and BF16 it can)</source>
        <translation>“{name}”以 {kind} 存储，本应用无法用它计算（支持 F32、F16 和 BF16）</translation>
    </message>
    <message>
        <source>“{typed}” is in no document; searched for “{others}”.</source>
        <translation>没有文档包含“{typed}”；已改为搜索“{others}”。</translation>
    </message>
</context>
<context>
    <name>CrashNotice</name>
    <message>
        <source>Show Report</source>
        <translation>查看报告</translation>
    </message>
    <message>
        <source>BGE Desktop ended unexpectedly last time</source>
        <translation>BGE Desktop 上次意外退出</translation>
    </message>
    <message>
        <source>Something went wrong in BGE Desktop last time</source>
        <translation>BGE Desktop 上次运行时出现了问题</translation>
    </message>
    <message>
        <source>Nothing was lost, and your documents were not touched.</source>
        <translation>没有丢失任何内容，您的文档也没有被改动。</translation>
    </message>
</context>
<context>
    <name>CrashReportDialog</name>
    <message>
        <source>Crash report</source>
        <translation>崩溃报告</translation>
    </message>
    <message>
        <source>Error report</source>
        <translation>错误报告</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>This report holds versions, kinds of errors and places in the program, and nothing of your documents, their names or your searches. It is sent to nobody: copy it if you want to tell the makers.</source>
        <translation>此报告只包含版本、错误类型和程序中的位置，不含您的文档、文件名或搜索内容。报告不会发送给任何人；如果想告诉开发者，请复制它。</translation>
    </message>
    <message>
        <source>Kept as {path}</source>
        <translation>已保存为 {path}</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
</context>
<context>
    <name>DocumentsChip</name>
    <message>
        <source>Search in all documents again</source>
        <translation>重新在所有文档中搜索</translation>
    </message>
    <message>
        <source>{documents} from the map</source>
        <translation>地图中的{documents}</translation>
    </message>
    <message>
        <source>Remove the filter {name}</source>
        <translation>移除筛选 {name}</translation>
    </message>
</context>
<context>
    <name>DropHighlight</name>
    <message>
        <source>Drop to make it searchable</source>
        <translation>松开即可加入搜索</translation>
    </message>
</context>
<context>
    <name>DropTarget</name>
    <message>
        <source>Drop a folder here, or click to choose one</source>
        <translation>将文件夹拖到这里，或点击选择</translation>
    </message>
    <message>
        <source>PDF, Office, e-mail, web pages, text, pictures and more</source>
        <translation>PDF、Office、邮件、网页、文本、图片等</translation>
    </message>
</context>
<context>
    <name>Export</name>
    <message>
        <source>Path</source>
        <translation>路径</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>得分</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>页</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Passage</source>
        <translation>段落</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
</context>
<context>
    <name>Exporter</name>
    <message>
        <source>{path} could not be written: {reason}. Choose another folder, or make room on the disk.</source>
        <translation>无法写入 {path}：{reason}。请选择其他文件夹，或清理磁盘空间。</translation>
    </message>
    <message>
        <source>The list was not exported</source>
        <translation>列表未导出</translation>
    </message>
</context>
<context>
    <name>FailureDetails</name>
    <message>
        <source>What happened</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Open the file</source>
        <translation>打开文件</translation>
    </message>
    <message>
        <source>Show the file in its folder</source>
        <translation>在文件夹中显示文件</translation>
    </message>
    <message>
        <source>No file is chosen</source>
        <translation>未选择文件</translation>
    </message>
    <message>
        <source>Choose one to see what to do about it.</source>
        <translation>选择一个文件，查看处理办法。</translation>
    </message>
    <message>
        <source>{name}: {reason}</source>
        <translation>{name}：{reason}</translation>
    </message>
</context>
<context>
    <name>FailureFilters</name>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>All folders</source>
        <translation>所有文件夹</translation>
    </message>
    <message>
        <source>All reasons</source>
        <translation>所有原因</translation>
    </message>
    <message>
        <source>Not read</source>
        <translation>未读取</translation>
    </message>
    <message>
        <source>Read in part</source>
        <translation>部分读取</translation>
    </message>
    <message>
        <source>{text} ({count})</source>
        <translation>{text}（{count}）</translation>
    </message>
</context>
<context>
    <name>FailuresModel</name>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Tried</source>
        <translation>尝试时间</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>{reason} (put aside)</source>
        <translation>{reason}（已搁置）</translation>
    </message>
    <message>
        <source>{name}, {reason}: {message} In {folder}, tried {when}</source>
        <translation>{name}，{reason}：{message} 位于 {folder}，尝试时间 {when}</translation>
    </message>
</context>
<context>
    <name>FailuresPage</name>
    <message>
        <source>Files that could not be read</source>
        <translation>无法读取的文件</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Copy the list</source>
        <translation>复制列表</translation>
    </message>
    <message>
        <source>Every file could be read</source>
        <translation>所有文件都已读取</translation>
    </message>
    <message>
        <source>Files that cannot be read, or only in part, are listed here with the reason.</source>
        <translation>无法读取或仅部分读取的文件会连同原因列在这里。</translation>
    </message>
    <message>
        <source>The newest {count} of {total}</source>
        <translation>共 {total} 个，显示最新的 {count} 个</translation>
    </message>
    <message>
        <source>Retry all</source>
        <translation>全部重试</translation>
    </message>
    <message>
        <source>Retry all listed</source>
        <translation>重试列出的所有文件</translation>
    </message>
</context>
<context>
    <name>FailuresTable</name>
    <message>
        <source>Files that could not be read</source>
        <translation>无法读取的文件</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>重试</translation>
    </message>
</context>
<context>
    <name>FilterChip</name>
    <message>
        <source>Remove {term}</source>
        <translation>移除 {term}</translation>
    </message>
    <message>
        <source>Remove the filter {name}</source>
        <translation>移除筛选 {name}</translation>
    </message>
</context>
<context>
    <name>FilterChips</name>
    <message>
        <source>Filters</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>Filter by {name}</source>
        <translation>按{name}筛选</translation>
    </message>
</context>
<context>
    <name>FilterGroup</name>
    <message>
        <source>Collapsed</source>
        <translation>已折叠</translation>
    </message>
    <message>
        <source>Expanded</source>
        <translation>已展开</translation>
    </message>
    <message>
        <source>Show the {count} largest</source>
        <translation>显示最大的 {count} 项</translation>
    </message>
    <message>
        <source>Show fewer</source>
        <translation>显示更少</translation>
    </message>
    <message>
        <source>Show all {count}</source>
        <translation>显示全部 {count} 项</translation>
    </message>
</context>
<context>
    <name>FilterRow</name>
    <message>
        <source>{name}, {documents}</source>
        <translation>{name}，{documents}</translation>
    </message>
</context>
<context>
    <name>Filters</name>
    <message>
        <source>Chinese</source>
        <translation>中文</translation>
    </message>
    <message>
        <source>English</source>
        <translation>英文</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>昨天</translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation>最近 7 天</translation>
    </message>
    <message>
        <source>Last 30 days</source>
        <translation>最近 30 天</translation>
    </message>
    <message>
        <source>Last year</source>
        <translation>最近一年</translation>
    </message>
    <message>
        <source>In {value}</source>
        <translation>位于 {value}</translation>
    </message>
    <message>
        <source>Not in {value}</source>
        <translation>不在 {value}</translation>
    </message>
    <message>
        <source>Name with {value}</source>
        <translation>名称包含 {value}</translation>
    </message>
    <message>
        <source>Name without {value}</source>
        <translation>名称不含 {value}</translation>
    </message>
    <message>
        <source>Topic {value}</source>
        <translation>主题 {value}</translation>
    </message>
    <message>
        <source>Not topic {value}</source>
        <translation>不含主题 {value}</translation>
    </message>
    <message>
        <source>Label {value}</source>
        <translation>标签 {value}</translation>
    </message>
    <message>
        <source>Not label {value}</source>
        <translation>不含标签 {value}</translation>
    </message>
    <message>
        <source>Like {value}</source>
        <translation>类似 {value}</translation>
    </message>
    <message>
        <source>Not like {value}</source>
        <translation>不似 {value}</translation>
    </message>
    <message>
        <source>After {value}</source>
        <translation>晚于 {value}</translation>
    </message>
    <message>
        <source>Before {value}</source>
        <translation>早于 {value}</translation>
    </message>
    <message>
        <source>Size {value}</source>
        <translation>大小 {value}</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Not {value}</source>
        <translation>排除 {value}</translation>
    </message>
</context>
<context>
    <name>FiltersPanel</name>
    <message>
        <source>Filters</source>
        <translation>筛选</translation>
    </message>
</context>
<context>
    <name>FolderActions</name>
    <message>
        <source>Add a folder</source>
        <translation>添加文件夹</translation>
    </message>
</context>
<context>
    <name>FolderRow</name>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Rescan</source>
        <translation>重新扫描</translation>
    </message>
    <message>
        <source>Rules…</source>
        <translation>规则…</translation>
    </message>
    <message>
        <source>Show in file manager</source>
        <translation>在文件管理器中显示</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>移除…</translation>
    </message>
    <message>
        <source>Resume {name}</source>
        <translation>继续“{name}”</translation>
    </message>
    <message>
        <source>Pause {name}</source>
        <translation>暂停“{name}”</translation>
    </message>
    <message>
        <source>Progress of {name}</source>
        <translation>“{name}”的进度</translation>
    </message>
    <message>
        <source>Show which files these are, and why</source>
        <translation>查看是哪些文件以及原因</translation>
    </message>
    <message>
        <source>Look for changes in {name}</source>
        <translation>检查“{name}”中的更改</translation>
    </message>
    <message>
        <source>More actions for {name}</source>
        <translation>“{name}”的更多操作</translation>
    </message>
</context>
<context>
    <name>FoldersPage</name>
    <message>
        <source>Folders</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Add folder…</source>
        <translation>添加文件夹…</translation>
    </message>
    <message>
        <source>Look for changes in all folders</source>
        <translation>检查所有文件夹中的更改</translation>
    </message>
    <message>
        <source>Rescan all</source>
        <translation>全部重新扫描</translation>
    </message>
</context>
<context>
    <name>FoldersSettings</name>
    <message>
        <source>Folders</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Each folder has rules of its own: what is left out, and how large a file may be.</source>
        <translation>每个文件夹都有自己的规则：排除哪些内容，以及文件最大可以有多大。</translation>
    </message>
    <message>
        <source>Show folders</source>
        <translation>显示文件夹</translation>
    </message>
    <message>
        <source>In every folder, other programs&apos; folders, caches, secrets such as keys and password stores, and hidden files are left out, and .gitignore and .bgeignore files are heeded.</source>
        <translation>在每个文件夹中，其他程序的文件夹、缓存、密钥和密码库等机密内容以及隐藏文件都会被排除，并遵循 .gitignore 和 .bgeignore 文件。</translation>
    </message>
</context>
<context>
    <name>GeneralSettings</name>
    <message>
        <source>General</source>
        <translation>通用</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Start when I log in</source>
        <translation>登录时启动</translation>
    </message>
    <message>
        <source>It starts without its window where there is a tray.</source>
        <translation>如果有系统托盘，启动时不显示窗口。</translation>
    </message>
    <message>
        <source>Go on in the tray when the window is closed</source>
        <translation>关闭窗口后继续在托盘中运行</translation>
    </message>
    <message>
        <source>Documents stay in step, and the quick search stays at hand.</source>
        <translation>文档保持同步，快速搜索随时可用。</translation>
    </message>
    <message>
        <source>This desktop shows no tray at the moment.</source>
        <translation>此桌面目前不显示系统托盘。</translation>
    </message>
    <message>
        <source>Tell me on the desktop when something needs me</source>
        <translation>需要我处理时显示桌面通知</translation>
    </message>
    <message>
        <source>Only while the window is hidden, and never about progress.</source>
        <translation>仅在窗口隐藏时通知，且从不通知进度。</translation>
    </message>
    <message>
        <source>These keys open a small search window from any program. Click and press them: Ctrl, Alt or the system&apos;s key together with a letter, a digit or Space, or one of F1 to F12. Backspace takes them away.</source>
        <translation>在任何程序中按此快捷键都会打开小搜索窗口。点击后按下：Ctrl、Alt 或系统键加上字母、数字或空格键，或者 F1 至 F12 之一。按 Backspace 可清除。</translation>
    </message>
    <message>
        <source>Quick search keys</source>
        <translation>快速搜索快捷键</translation>
    </message>
</context>
<context>
    <name>Header</name>
    <message>
        <source>Folders, and files that could not be read (Ctrl+Shift+D)</source>
        <translation>文件夹，以及无法读取的文件 (Ctrl+Shift+D)</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>菜单</translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation>添加文件夹…</translation>
    </message>
    <message>
        <source>Folders and failures</source>
        <translation>文件夹和读取失败的文件</translation>
    </message>
    <message>
        <source>Filters</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>Topics, and the map of your documents (Ctrl+Shift+T)</source>
        <translation>主题与文档地图 (Ctrl+Shift+T)</translation>
    </message>
    <message>
        <source>Labels (Ctrl+Shift+G)</source>
        <translation>标签 (Ctrl+Shift+G)</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>设置…</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>About BGE Desktop</source>
        <translation>关于 BGE Desktop</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Topics</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>预览</translation>
    </message>
    <message>
        <source>On the right</source>
        <translation>在右侧</translation>
    </message>
    <message>
        <source>Below</source>
        <translation>在下方</translation>
    </message>
    <message>
        <source>Hidden</source>
        <translation>隐藏</translation>
    </message>
</context>
<context>
    <name>HeldNote</name>
    <message>
        <source>Index now</source>
        <translation>立即索引</translation>
    </message>
</context>
<context>
    <name>Keys</name>
    <message>
        <source>The desktop has been asked for these keys.</source>
        <translation>已向桌面环境请求此快捷键。</translation>
    </message>
    <message>
        <source>Another program has these keys. Choose others.</source>
        <translation>此快捷键已被其他程序占用。请换用其他按键。</translation>
    </message>
    <message>
        <source>The desktop did not give these keys. In its settings, bind this command to keys: {command}</source>
        <translation>桌面环境没有提供此快捷键。请在其设置中将以下命令绑定到按键：{command}</translation>
    </message>
    <message>
        <source>This desktop gives keys to no program. In its settings, bind this command to keys: {command}</source>
        <translation>此桌面环境不向程序提供快捷键。请在其设置中将以下命令绑定到按键：{command}</translation>
    </message>
    <message>
        <source>go to the search bar</source>
        <translation>转到搜索栏</translation>
    </message>
    <message>
        <source>↑, ↓ in the search bar</source>
        <translation>搜索栏中的 ↑、↓</translation>
    </message>
    <message>
        <source>past searches that begin as what is typed; newer ones, then the results</source>
        <translation>以所输入内容开头的历史搜索；较新的搜索，然后是结果</translation>
    </message>
    <message>
        <source>Enter, double-click</source>
        <translation>Enter、双击</translation>
    </message>
    <message>
        <source>open the document at its place; of several that are selected, up to ten</source>
        <translation>在相应位置打开文档；选中多个时最多打开十个</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>空格键</translation>
    </message>
    <message>
        <source>show or hide the preview</source>
        <translation>显示或隐藏预览</translation>
    </message>
    <message>
        <source>show or hide further passages of the document</source>
        <translation>显示或隐藏该文档的更多段落</translation>
    </message>
    <message>
        <source>next and previous hit in the preview; Ctrl with +, −, 0 zooms</source>
        <translation>预览中的下一处和上一处匹配；Ctrl 加 +、−、0 可缩放</translation>
    </message>
    <message>
        <source>right-click, Menu, Shift+F10</source>
        <translation>右键单击、菜单键、Shift+F10</translation>
    </message>
    <message>
        <source>what one can do with a result</source>
        <translation>可对结果执行的操作</translation>
    </message>
    <message>
        <source>show it in its folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>copy its path; copy the passage as a citation</source>
        <translation>复制路径；将段落复制为引文</translation>
    </message>
    <message>
        <source>best first, newest first, by name</source>
        <translation>最佳匹配优先、最新优先、按名称</translation>
    </message>
    <message>
        <source>find similar documents; not like this</source>
        <translation>查找相似文档；不要类似的</translation>
    </message>
    <message>
        <source>topics and the map of the documents; labels</source>
        <translation>主题与文档地图；标签</translation>
    </message>
    <message>
        <source>add a folder; the page of the folders</source>
        <translation>添加文件夹；文件夹页面</translation>
    </message>
    <message>
        <source>show or hide the filters; settings</source>
        <translation>显示或隐藏筛选；设置</translation>
    </message>
    <message>
        <source>clear the search</source>
        <translation>清除搜索</translation>
    </message>
    <message>
        <source>quit</source>
        <translation>退出</translation>
    </message>
</context>
<context>
    <name>KeysDialog</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>What they do</source>
        <translation>作用</translation>
    </message>
</context>
<context>
    <name>Kinds</name>
    <message>
        <source>PDF</source>
        <translation>PDF</translation>
    </message>
    <message>
        <source>Word</source>
        <translation>Word</translation>
    </message>
    <message>
        <source>OpenDocument text</source>
        <translation>OpenDocument 文本</translation>
    </message>
    <message>
        <source>Rich text</source>
        <translation>RTF 文本</translation>
    </message>
    <message>
        <source>Slides</source>
        <translation>幻灯片</translation>
    </message>
    <message>
        <source>Spreadsheet</source>
        <translation>电子表格</translation>
    </message>
    <message>
        <source>E-book</source>
        <translation>电子书</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>邮件</translation>
    </message>
    <message>
        <source>Calendar</source>
        <translation>日历</translation>
    </message>
    <message>
        <source>Contact</source>
        <translation>联系人</translation>
    </message>
    <message>
        <source>Web page</source>
        <translation>网页</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>链接</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Markdown</source>
        <translation>Markdown</translation>
    </message>
    <message>
        <source>reStructuredText</source>
        <translation>reStructuredText</translation>
    </message>
    <message>
        <source>Org</source>
        <translation>Org</translation>
    </message>
    <message>
        <source>AsciiDoc</source>
        <translation>AsciiDoc</translation>
    </message>
    <message>
        <source>LaTeX</source>
        <translation>LaTeX</translation>
    </message>
    <message>
        <source>Man page</source>
        <translation>手册页</translation>
    </message>
    <message>
        <source>Notebook</source>
        <translation>笔记本</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>代码</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Subtitles</source>
        <translation>字幕</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>压缩包</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>音频</translation>
    </message>
    <message>
        <source>Video</source>
        <translation>视频</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>其他</translation>
    </message>
</context>
<context>
    <name>LabelPanel</name>
    <message>
        <source>Show documents</source>
        <translation>显示文档</translation>
    </message>
    <message>
        <source>Apply by itself from</source>
        <translation>自动应用，当置信度达到</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>接受</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>拒绝</translation>
    </message>
    <message>
        <source>Choose “Labels” in the menu of a result and give this label to {count} documents or more.</source>
        <translation>在结果的菜单中选择“标签”，为 {count} 个或更多文档加上此标签。</translation>
    </message>
    <message>
        <source>A few examples are needed</source>
        <translation>需要几个示例</translation>
    </message>
    <message>
        <source>Give the label to further documents, of other sorts as well, and it may find more.</source>
        <translation>为更多（包括其他类型的）文档加上此标签，可能会找到更多。</translation>
    </message>
    <message>
        <source>It is proposed for no document</source>
        <translation>没有建议加上此标签的文档</translation>
    </message>
    <message>
        <source>Learning…</source>
        <translation>正在学习…</translation>
    </message>
    <message>
        <source>What the label may fit is shown here in a moment.</source>
        <translation>可能适合此标签的文档稍后显示在这里。</translation>
    </message>
    <message>
        <source> %</source>
        <translation> %</translation>
    </message>
    <message>
        <source>The confidence from which the label applies itself</source>
        <translation>自动应用此标签的最低置信度</translation>
    </message>
</context>
<context>
    <name>LabelRemovalBox</name>
    <message>
        <source>Remove the label “{name}”?</source>
        <translation>移除标签“{name}”？</translation>
    </message>
    <message>
        <source>Remove label</source>
        <translation>移除标签</translation>
    </message>
    <message>
        <source>It is taken from {documents}, and what was learnt is forgotten. The documents stay as they are.</source>
        <translation>将从{documents}上取下此标签，并忘记所学内容。文档本身保持不变。</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
</context>
<context>
    <name>Labels</name>
    <message>
        <source>{number} %</source>
        <translation>{number} %</translation>
    </message>
    <message>
        <source>Applied by itself</source>
        <translation>自动应用</translation>
    </message>
</context>
<context>
    <name>LabelsMenu</name>
    <message>
        <source>Labels</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>New label…</source>
        <translation>新建标签…</translation>
    </message>
    <message>
        <source>Not “{name}”</source>
        <translation>不是“{name}”</translation>
    </message>
</context>
<context>
    <name>LabelsModel</name>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>文档</translation>
    </message>
    <message>
        <source>Proposed</source>
        <translation>建议</translation>
    </message>
</context>
<context>
    <name>LabelsPage</name>
    <message>
        <source>Labels</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>New label…</source>
        <translation>新建标签…</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>重命名…</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>移除…</translation>
    </message>
    <message>
        <source>No labels yet</source>
        <translation>还没有标签</translation>
    </message>
    <message>
        <source>Give a few documents a label, as “Tax” or “Recipes”: others that are like them are then proposed.</source>
        <translation>为几个文档加上标签，例如“税务”或“食谱”：随后会建议其他类似的文档。</translation>
    </message>
    <message>
        <source>New label</source>
        <translation>新建标签</translation>
    </message>
    <message>
        <source>Rename label</source>
        <translation>重命名标签</translation>
    </message>
</context>
<context>
    <name>LabelsTable</name>
    <message>
        <source>Labels</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Show documents</source>
        <translation>显示文档</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>重命名…</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>移除…</translation>
    </message>
</context>
<context>
    <name>LibraryPage</name>
    <message>
        <source>Folders</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Not read ({count})</source>
        <translation>未读取（{count}）</translation>
    </message>
    <message>
        <source>Not read</source>
        <translation>未读取</translation>
    </message>
</context>
<context>
    <name>LoginItem</name>
    <message>
        <source>Start at login could not be changed</source>
        <translation>无法更改登录时启动</translation>
    </message>
    <message>
        <source>The system&apos;s list of programs cannot be written ({reason}). Check its permissions.</source>
        <translation>无法写入系统的启动程序列表（{reason}）。请检查其权限。</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>BGE Desktop</source>
        <translation>BGE Desktop</translation>
    </message>
</context>
<context>
    <name>MapLoader</name>
    <message>
        <source>A part of the program is missing or damaged ({reason}). Install it again.</source>
        <translation>程序的一部分缺失或损坏（{reason}）。请重新安装。</translation>
    </message>
    <message>
        <source>The map cannot be drawn</source>
        <translation>无法绘制地图</translation>
    </message>
</context>
<context>
    <name>MapView</name>
    <message>
        <source>Map of the documents</source>
        <translation>文档地图</translation>
    </message>
    <message>
        <source>The list of topics beside it tells the same.</source>
        <translation>旁边的主题列表给出同样的内容。</translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Close this message</source>
        <translation>关闭此消息</translation>
    </message>
</context>
<context>
    <name>ModelChoice</name>
    <message>
        <source>Use these models</source>
        <translation>使用这些模型</translation>
    </message>
</context>
<context>
    <name>ModelDownload</name>
    <message>
        <source>Download a model</source>
        <translation>下载模型</translation>
    </message>
    <message>
        <source>as {name}</source>
        <translation>名称为 {name}</translation>
    </message>
    <message>
        <source>the newest</source>
        <translation>最新版本</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>下载</translation>
    </message>
    <message>
        <source>Look up</source>
        <translation>查询</translation>
    </message>
    <message>
        <source>Asking the hub…</source>
        <translation>正在查询模型库…</translation>
    </message>
    <message>
        <source>not told</source>
        <translation>未注明</translation>
    </message>
    <message>
        <source>Size: {size}</source>
        <translation>大小：{size}</translation>
    </message>
    <message>
        <source>Licence: {licence}</source>
        <translation>许可证：{licence}</translation>
    </message>
    <message>
        <source>Revision: {commit}</source>
        <translation>版本：{commit}</translation>
    </message>
    <message>
        <source>A BERT or XLM-R sentence encoder with safetensors weights.</source>
        <translation>使用 safetensors 权重的 BERT 或 XLM-R 句子编码器。</translation>
    </message>
    <message>
        <source>&amp;Name, with its owner&apos;s</source>
        <translation>名称（含所有者）(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Revision</source>
        <translation>版本(&amp;R)</translation>
    </message>
    <message>
        <source>The hub learns the model&apos;s name and your address. Nothing of yours is sent.</source>
        <translation>模型库会得知模型名称和您的网络地址，不会发送您的任何内容。</translation>
    </message>
</context>
<context>
    <name>ModelSettings</name>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>The folder of a model</source>
        <translation>模型的文件夹</translation>
    </message>
    <message>
        <source>Adding {name}…</source>
        <translation>正在添加 {name}…</translation>
    </message>
    <message>
        <source>Each passage is read by the model of its language, on this machine. When you use another model, all passages are read anew in the background; until then, the models of before go on answering.</source>
        <translation>每个段落由其语言对应的模型在本机阅读。更换模型时，所有段落会在后台重新阅读；在此之前，仍由原来的模型回答。</translation>
    </message>
    <message>
        <source>Return to the former</source>
        <translation>恢复原来的模型</translation>
    </message>
    <message>
        <source>Remove the former</source>
        <translation>移除原来的模型</translation>
    </message>
    <message>
        <source>Added models</source>
        <translation>已添加的模型</translation>
    </message>
    <message>
        <source>None. The two that come with the app are always there.</source>
        <translation>无。应用自带的两个模型始终可用。</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>选择文件夹…</translation>
    </message>
    <message>
        <source>Download…</source>
        <translation>下载…</translation>
    </message>
    <message>
        <source>BERT and XLM-R sentence encoders with safetensors weights, as BGE&apos;s. A passage that is longer than what a model reads at once is read in parts, and found by all of them.</source>
        <translation>使用 safetensors 权重的 BERT 和 XLM-R 句子编码器，例如 BGE。超出模型一次可读长度的段落会分段阅读，每一段都能被找到。</translation>
    </message>
    <message>
        <source>Divide documents into passages as long as the models read</source>
        <translation>按模型可读的长度划分段落</translation>
    </message>
    <message>
        <source>For models such as BGE-M3, which read 8,192 tokens: most documents are one passage then. All are read and embedded anew. A long passage takes more time and memory than the same text in short ones, up to a minute each on a processor, and a result leads less exactly to the place.</source>
        <translation>适用于 BGE-M3 等可读 8,192 个词元的模型：多数文档将成为一个段落。所有文档会重新阅读和嵌入。长段落比同样内容的短段落占用更多时间和内存，在处理器上每个最多需一分钟，结果定位也不那么精确。</translation>
    </message>
</context>
<context>
    <name>ModelWork</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>Models</name>
    <message>
        <source>Chinese text</source>
        <translation>中文文本</translation>
    </message>
    <message>
        <source>English text and all other languages</source>
        <translation>英文及其他所有语言的文本</translation>
    </message>
    <message>
        <source>In use: {name}</source>
        <translation>正在使用：{name}</translation>
    </message>
    <message>
        <source>Runs with {device}</source>
        <translation>运行于 {device}</translation>
    </message>
    <message>
        <source>At rest</source>
        <translation>空闲</translation>
    </message>
    <message>
        <source>{count} numbers a passage</source>
        <translation>每段 {count} 个数值</translation>
    </message>
    <message>
        <source>takes {size}</source>
        <translation>占用 {size}</translation>
    </message>
    <message>
        <source>for re-ranking</source>
        <translation>用于重新排序</translation>
    </message>
    <message>
        <source>reads {count} tokens at once</source>
        <translation>一次可读 {count} 个词元</translation>
    </message>
    <message>
        <source>Reading the passages with {models}: {done} of {total}</source>
        <translation>正在用 {models} 阅读段落：{done} / {total}</translation>
    </message>
    <message>
        <source>Adding {name}: {done} of {total}</source>
        <translation>正在添加 {name}：{done} / {total}</translation>
    </message>
    <message>
        <source>The former models are kept: {models}, {size}</source>
        <translation>保留了原来的模型：{models}，{size}</translation>
    </message>
</context>
<context>
    <name>OfferLine</name>
    <message>
        <source>A better order is ready — show it</source>
        <translation>已有更好的排序 — 显示</translation>
    </message>
</context>
<context>
    <name>Opener</name>
    <message>
        <source>“{name}” in {archive} is a program or a script, and none is started from here. If you trust it, unpack it.</source>
        <translation>{archive} 中的“{name}”是程序或脚本，不能从这里启动。如果您信任它，请先解压。</translation>
    </message>
    <message>
        <source>Not opened</source>
        <translation>未打开</translation>
    </message>
    <message>
        <source>The system knows no file manager. Install one, or choose one in its settings.</source>
        <translation>系统中没有文件管理器。请安装一个，或在系统设置中选择一个。</translation>
    </message>
    <message>
        <source>The system knows no program for this kind of file. Choose one in its settings.</source>
        <translation>系统没有可打开此类文件的程序。请在系统设置中选择一个。</translation>
    </message>
    <message>
        <source>Could not open</source>
        <translation>无法打开</translation>
    </message>
    <message>
        <source>{path} was moved or deleted, or its disk is not connected. Rescan its folder to find it.</source>
        <translation>{path} 已被移动或删除，或者所在磁盘未连接。请重新扫描其文件夹来查找。</translation>
    </message>
    <message>
        <source>File not found</source>
        <translation>找不到文件</translation>
    </message>
</context>
<context>
    <name>PauseButton</name>
    <message>
        <source>Pause all folders</source>
        <translation>暂停所有文件夹</translation>
    </message>
    <message>
        <source>Pause all</source>
        <translation>全部暂停</translation>
    </message>
    <message>
        <source>Resume all folders</source>
        <translation>继续所有文件夹</translation>
    </message>
    <message>
        <source>Resume all</source>
        <translation>全部继续</translation>
    </message>
</context>
<context>
    <name>PerformanceSettings</name>
    <message>
        <source>Performance</source>
        <translation>性能</translation>
    </message>
    <message>
        <source>Chosen by the app</source>
        <translation>由应用选择</translation>
    </message>
    <message>
        <source>Processor threads</source>
        <translation>处理器线程数</translation>
    </message>
    <message>
        <source>For reading meaning.</source>
        <translation>用于语义分析。</translation>
    </message>
    <message>
        <source> MB</source>
        <translation> MB</translation>
    </message>
    <message>
        <source>The most that one process may take that reads files. A file that needs more is not read.</source>
        <translation>单个读取文件的进程最多可使用的内存。需要更多内存的文件不会被读取。</translation>
    </message>
    <message>
        <source>Memory of a reader</source>
        <translation>读取进程的内存</translation>
    </message>
    <message>
        <source> min</source>
        <translation> 分钟</translation>
    </message>
    <message>
        <source>After so long without work the models leave the memory. The next key brings them back.</source>
        <translation>空闲这么久之后，模型会从内存中移除。下次按键时会重新载入。</translation>
    </message>
    <message>
        <source>Free memory after</source>
        <translation>释放内存前的等待时间</translation>
    </message>
    <message>
        <source>Index slowly</source>
        <translation>降低索引速度</translation>
    </message>
    <message>
        <source>Wait for mains power</source>
        <translation>等待接通电源</translation>
    </message>
    <message>
        <source>Index as usual</source>
        <translation>照常索引</translation>
    </message>
    <message>
        <source>On battery</source>
        <translation>使用电池时</translation>
    </message>
    <message>
        <source>Search is never slowed down.</source>
        <translation>搜索速度不受影响。</translation>
    </message>
    <message>
        <source>Index during presentations and films</source>
        <translation>演示和放映时继续索引</translation>
    </message>
</context>
<context>
    <name>PortalKeys</name>
    <message>
        <source>Quick search</source>
        <translation>快速搜索</translation>
    </message>
</context>
<context>
    <name>Presence</name>
    <message>
        <source>Your documents stay in step. Open the window, or quit, from the icon in the tray.</source>
        <translation>您的文档保持同步。可从托盘图标打开窗口或退出。</translation>
    </message>
    <message>
        <source>BGE Desktop goes on in the tray</source>
        <translation>BGE Desktop 在托盘中继续运行</translation>
    </message>
</context>
<context>
    <name>PreviewHeader</name>
    <message>
        <source>Only the text around the passage is shown.</source>
        <translation>只显示段落前后的文字。</translation>
    </message>
    <message>
        <source>Open the document</source>
        <translation>打开文档</translation>
    </message>
    <message>
        <source>{page} / {pages}</source>
        <translation>{page} / {pages}</translation>
    </message>
    <message>
        <source>Page {page} of {pages}</source>
        <translation>第 {page} 页，共 {pages} 页</translation>
    </message>
    <message>
        <source>Previous hit</source>
        <translation>上一处匹配</translation>
    </message>
    <message>
        <source>Next hit</source>
        <translation>下一处匹配</translation>
    </message>
    <message>
        <source>Previous page</source>
        <translation>上一页</translation>
    </message>
    <message>
        <source>Next page</source>
        <translation>下一页</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Fit the width</source>
        <translation>适合宽度</translation>
    </message>
    <message>
        <source>{what} ({keys})</source>
        <translation>{what} ({keys})</translation>
    </message>
</context>
<context>
    <name>PreviewPane</name>
    <message>
        <source>Nothing is chosen</source>
        <translation>未选择内容</translation>
    </message>
    <message>
        <source>Choose a result to see its document at the passage.</source>
        <translation>选择一个结果，查看文档中的相应段落。</translation>
    </message>
    <message>
        <source>The document is being drawn</source>
        <translation>正在绘制文档</translation>
    </message>
    <message>
        <source>Text of the document</source>
        <translation>文档文本</translation>
    </message>
    <message>
        <source>Rows of the sheet</source>
        <translation>工作表的行</translation>
    </message>
</context>
<context>
    <name>PrivacySettings</name>
    <message>
        <source>Privacy</source>
        <translation>隐私</translation>
    </message>
    <message>
        <source>Nothing of yours leaves this machine: no account, no telemetry, and no network, but for models that you ask to be downloaded. The library is readable by you alone.</source>
        <translation>您的任何内容都不会离开这台电脑：没有账户，没有遥测；除您要求下载的模型外，不使用网络。资料库只有您能读取。</translation>
    </message>
    <message>
        <source>Remember past searches</source>
        <translation>记住搜索记录</translation>
    </message>
    <message>
        <source>They are offered in the search bar.</source>
        <translation>会在搜索栏中提供。</translation>
    </message>
    <message>
        <source>Clear history</source>
        <translation>清除搜索记录</translation>
    </message>
    <message>
        <source>Logs and crash reports hold no text, names or searches, and are sent to nobody.</source>
        <translation>日志和崩溃报告不含文本、名称或搜索内容，也不会发送给任何人。</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>资料库</translation>
    </message>
    <message>
        <source>What is known of your documents.</source>
        <translation>关于您的文档的信息。</translation>
    </message>
    <message>
        <source>Logs</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>Show in folder: {name}</source>
        <translation>在文件夹中显示：{name}</translation>
    </message>
</context>
<context>
    <name>ProposalsView</name>
    <message>
        <source>Proposals</source>
        <translation>建议</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>接受</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>拒绝</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
</context>
<context>
    <name>QuickList</name>
    <message>
        <source>Results</source>
        <translation>结果</translation>
    </message>
</context>
<context>
    <name>QuickModel</name>
    <message>
        <source>Show all in the window</source>
        <translation>在窗口中显示全部</translation>
    </message>
    <message>
        <source>in {folder}</source>
        <translation>位于 {folder}</translation>
    </message>
</context>
<context>
    <name>QuickSearch</name>
    <message>
        <source>Quick search</source>
        <translation>快速搜索</translation>
    </message>
    <message>
        <source>No document matches</source>
        <translation>没有匹配的文档</translation>
    </message>
</context>
<context>
    <name>RemovalBox</name>
    <message>
        <source>Remove “{name}” from the library?</source>
        <translation>要从资料库中移除“{name}”吗？</translation>
    </message>
    <message>
        <source>Remove folder</source>
        <translation>移除文件夹</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
</context>
<context>
    <name>RerankingSettings</name>
    <message>
        <source>Re-ranking</source>
        <translation>重新排序</translation>
    </message>
    <message>
        <source>A re-ranking model reads your question together with the passages of the best 20 results, and puts these in a better order. The first list shows at once; the better order follows.</source>
        <translation>重新排序模型会把您的问题与前 20 个结果的段落一起阅读，并给出更好的排序。先立即显示初始列表，更好的排序随后出现。</translation>
    </message>
    <message>
        <source>On a processor, a large model takes seconds for a query. Those that you added are listed on the page of the models.</source>
        <translation>在处理器上，大模型每次查询需要数秒。您添加的模型列在“模型”页中。</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>选择文件夹…</translation>
    </message>
    <message>
        <source>Turn off</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source> ms</source>
        <translation> 毫秒</translation>
    </message>
    <message>
        <source>The results that it has not reached by then keep their places.</source>
        <translation>届时尚未读到的结果保持原位。</translation>
    </message>
    <message>
        <source>Time for a query</source>
        <translation>每次查询的时间</translation>
    </message>
    <message>
        <source>Let BGE-M3 look closer, where it reads the documents</source>
        <translation>在由 BGE-M3 阅读文档时，让它细看</translation>
    </message>
    <message>
        <source>It compares each word of the question with those of a passage, without a further model.</source>
        <translation>它把问题中的每个词与段落中的词比较，无需其他模型。</translation>
    </message>
    <message>
        <source>The folder of a re-ranking model</source>
        <translation>重新排序模型的文件夹</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>ResultActions</name>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Open {count} documents</source>
        <translation>打开 {count} 个文档</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>Copy path</source>
        <translation>复制路径</translation>
    </message>
    <message>
        <source>Copy {count} paths</source>
        <translation>复制 {count} 个路径</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Markdown</source>
        <translation>Markdown</translation>
    </message>
    <message>
        <source>Citation</source>
        <translation>引文</translation>
    </message>
    <message>
        <source>Find similar documents</source>
        <translation>查找相似文档</translation>
    </message>
    <message>
        <source>Not like this</source>
        <translation>排除类似内容</translation>
    </message>
    <message>
        <source>Not like these</source>
        <translation>排除类似内容</translation>
    </message>
    <message>
        <source>Remove folder…</source>
        <translation>移除文件夹…</translation>
    </message>
    <message>
        <source>New label</source>
        <translation>新建标签</translation>
    </message>
    <message>
        <source>The first {most} of {count} documents were opened</source>
        <translation>已打开 {count} 个文档中的前 {most} 个</translation>
    </message>
    <message>
        <source>More are not opened at once. Select fewer to open the others.</source>
        <translation>一次不会打开更多文档。要打开其余文档，请减少选择。</translation>
    </message>
</context>
<context>
    <name>Results</name>
    <message>
        <source>Meaning</source>
        <translation>语义</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>字词</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>page {number}</source>
        <translation>第 {number} 页</translation>
    </message>
    <message>
        <source>Passage {number}</source>
        <translation>段落 {number}</translation>
    </message>
    <message>
        <source>Looking for further passages…</source>
        <translation>正在查找更多段落…</translation>
    </message>
    <message>
        <source>No further passage</source>
        <translation>没有更多段落</translation>
    </message>
    <message>
        <source>Fewer passages</source>
        <translation>收起段落</translation>
    </message>
    <message>
        <source>More passages</source>
        <translation>更多段落</translation>
    </message>
    <message>
        <source>Further passage of {name}</source>
        <translation>“{name}”的另一段落</translation>
    </message>
    <message>
        <source>in {folder}</source>
        <translation>位于 {folder}</translation>
    </message>
    <message>
        <source>further passages are shown below</source>
        <translation>下方显示了更多段落</translation>
    </message>
    <message>
        <source>d MMM yyyy</source>
        <translation>yyyy年M月d日</translation>
    </message>
</context>
<context>
    <name>ResultsHeader</name>
    <message>
        <source>The order of the documents</source>
        <translation>文档的排列顺序</translation>
    </message>
    <message>
        <source>Export the list…</source>
        <translation>导出列表…</translation>
    </message>
    <message>
        <source>Order: {order}</source>
        <translation>排序：{order}</translation>
    </message>
    <message>
        <source>Best first</source>
        <translation>最佳匹配优先</translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation>最新优先</translation>
    </message>
    <message>
        <source>By name</source>
        <translation>按名称</translation>
    </message>
</context>
<context>
    <name>ResultsPane</name>
    <message>
        <source>Type what you are looking for</source>
        <translation>输入要查找的内容</translation>
    </message>
    <message>
        <source>Ask in your own words: the passages that answer appear as you type.</source>
        <translation>用自己的话提问：输入时即会显示相关段落。</translation>
    </message>
    <message>
        <source>No document matches</source>
        <translation>没有匹配的文档</translation>
    </message>
    <message>
        <source>Try other words, or add the folder that holds the document.</source>
        <translation>请换用其他词语，或添加文档所在的文件夹。</translation>
    </message>
    <message>
        <source>Export the list</source>
        <translation>导出列表</translation>
    </message>
    <message>
        <source>Spreadsheet (*.csv)</source>
        <translation>电子表格 (*.csv)</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>结果</translation>
    </message>
</context>
<context>
    <name>ResultsView</name>
    <message>
        <source>Results</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Copy as</source>
        <translation>复制为</translation>
    </message>
</context>
<context>
    <name>Rules</name>
    <message>
        <source>Version control</source>
        <translation>版本控制</translation>
    </message>
    <message>
        <source>Installed packages</source>
        <translation>已安装的软件包</translation>
    </message>
    <message>
        <source>Virtual environments</source>
        <translation>虚拟环境</translation>
    </message>
    <message>
        <source>Caches</source>
        <translation>缓存</translation>
    </message>
    <message>
        <source>Built from sources</source>
        <translation>由源代码构建的文件</translation>
    </message>
    <message>
        <source>App bundles</source>
        <translation>应用程序包</translation>
    </message>
    <message>
        <source>The system&apos;s own</source>
        <translation>系统自用</translation>
    </message>
    <message>
        <source>Keys and credentials</source>
        <translation>密钥和凭据</translation>
    </message>
    <message>
        <source>Password stores</source>
        <translation>密码库</translation>
    </message>
    <message>
        <source>Browser profiles</source>
        <translation>浏览器配置文件</translation>
    </message>
    <message>
        <source>Temporary</source>
        <translation>临时文件</translation>
    </message>
</context>
<context>
    <name>RulesDialog</name>
    <message>
        <source>Rules for “{name}”</source>
        <translation>“{name}”的规则</translation>
    </message>
    <message>
        <source>Read hidden files and folders</source>
        <translation>读取隐藏的文件和文件夹</translation>
    </message>
    <message>
        <source> MB</source>
        <translation> MB</translation>
    </message>
    <message>
        <source>Line {line} makes no sense. Correct it, or take it out.</source>
        <translation>第 {line} 行无效。请更正或删除它。</translation>
    </message>
    <message>
        <source>&amp;Left out of this folder</source>
        <translation>从此文件夹排除(&amp;L)</translation>
    </message>
    <message>
        <source>One pattern a line, as in a .gitignore: *.log for such files, drafts/ for folders of that name, /private for what lies at the top, !kept.log for what is to be read all the same.</source>
        <translation>每行一个模式，与 .gitignore 相同：*.log 表示此类文件，drafts/ 表示该名称的文件夹，/private 表示位于顶层的项目，!kept.log 表示仍要读取的项目。</translation>
    </message>
    <message>
        <source>L&amp;argest file that is read</source>
        <translation>读取的最大文件(&amp;A)</translation>
    </message>
    <message>
        <source>Larger ones are found by their names.</source>
        <translation>更大的文件可按名称找到。</translation>
    </message>
    <message>
        <source>Keys, password stores and the like are left out even then.</source>
        <translation>密钥、密码库等即使如此也会被排除。</translation>
    </message>
    <message>
        <source>Left out of every &amp;folder</source>
        <translation>从每个文件夹排除(&amp;F)</translation>
    </message>
    <message>
        <source>Untick what is to be read in this folder. Ignore files in it are heeded as well.</source>
        <translation>取消勾选要在此文件夹中读取的内容。其中的忽略规则文件同样有效。</translation>
    </message>
</context>
<context>
    <name>SearchBar</name>
    <message>
        <source>Search your documents in your own words</source>
        <translation>用自己的话搜索您的文档</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Clear (Esc)</source>
        <translation>清除 (Esc)</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
</context>
<context>
    <name>Suggestion</name>
    <message>
        <source>Counting…</source>
        <translation>正在统计…</translation>
    </message>
    <message>
        <source>Add {path}: {size}</source>
        <translation>添加 {path}：{size}</translation>
    </message>
</context>
<context>
    <name>Suggestions</name>
    <message>
        <source>Or begin with</source>
        <translation>或从这里开始</translation>
    </message>
</context>
<context>
    <name>Topics</name>
    <message>
        <source>Your documents are being grouped</source>
        <translation>正在为您的文档分组</translation>
    </message>
    <message>
        <source>The first time, this takes a moment; then the topics appear here.</source>
        <translation>第一次需要一些时间，随后主题会显示在这里。</translation>
    </message>
    <message>
        <source>No topics yet</source>
        <translation>还没有主题</translation>
    </message>
    <message>
        <source>They come by themselves after a while. “Group anew” makes them now.</source>
        <translation>过一会儿会自动生成。“重新分组”可立即生成。</translation>
    </message>
    <message>
        <source>Too few documents for topics</source>
        <translation>文档太少，无法生成主题</translation>
    </message>
    <message>
        <source>Add a folder that has more of them: they are grouped by themselves.</source>
        <translation>请添加包含更多文档的文件夹，它们会自动分组。</translation>
    </message>
    <message>
        <source>1 topic</source>
        <translation>1 个主题</translation>
    </message>
    <message>
        <source>{count} topics</source>
        <translation>{count} 个主题</translation>
    </message>
    <message>
        <source>{documents} in none</source>
        <translation>{documents}不属于任何主题</translation>
    </message>
    <message>
        <source>Being grouped anew…</source>
        <translation>正在重新分组…</translation>
    </message>
    <message>
        <source>Grouped {when}</source>
        <translation>分组于{when}</translation>
    </message>
</context>
<context>
    <name>TopicsMap</name>
    <message>
        <source>Drag to move, turn the wheel to zoom. Drag with Shift around documents to list them.</source>
        <translation>拖动可移动，滚轮可缩放。按住 Shift 拖动圈出文档即可列出它们。</translation>
    </message>
    <message>
        <source>Draw a line around documents to list them</source>
        <translation>圈出文档以列出它们</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Show the whole map</source>
        <translation>显示整个地图</translation>
    </message>
</context>
<context>
    <name>TopicsModel</name>
    <message>
        <source>Topic</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>文档</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>{name}, {documents}</source>
        <translation>{name}，{documents}</translation>
    </message>
</context>
<context>
    <name>TopicsPage</name>
    <message>
        <source>Topics</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Show documents</source>
        <translation>显示文档</translation>
    </message>
    <message>
        <source>Group anew</source>
        <translation>重新分组</translation>
    </message>
</context>
<context>
    <name>TopicsTree</name>
    <message>
        <source>Topics</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Show documents</source>
        <translation>显示文档</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Give the made name back</source>
        <translation>恢复自动生成的名称</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>Open BGE Desktop</source>
        <translation>打开 BGE Desktop</translation>
    </message>
    <message>
        <source>Quick search</source>
        <translation>快速搜索</translation>
    </message>
    <message>
        <source>Pause indexing</source>
        <translation>暂停索引</translation>
    </message>
    <message>
        <source>Resume indexing</source>
        <translation>继续索引</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>设置…</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>BGE Desktop</source>
        <translation>BGE Desktop</translation>
    </message>
</context>
<context>
    <name>WelcomePage</name>
    <message>
        <source>Settings…</source>
        <translation>设置…</translation>
    </message>
    <message>
        <source>Find your documents by what they mean</source>
        <translation>按语义查找您的文档</translation>
    </message>
    <message>
        <source>Everything stays on this computer. In English and in Chinese.</source>
        <translation>一切都留在这台电脑上，支持中文和英文。</translation>
    </message>
    <message>
        <source>Try the samples</source>
        <translation>试用示例</translation>
    </message>
</context>
<context>
    <name>Wording</name>
    <message>
        <source>1 file</source>
        <translation>1 个文件</translation>
    </message>
    <message>
        <source>{count} files</source>
        <translation>{count} 个文件</translation>
    </message>
    <message>
        <source>1 document</source>
        <translation>1 个文档</translation>
    </message>
    <message>
        <source>{count} documents</source>
        <translation>{count} 个文档</translation>
    </message>
    <message>
        <source>{count} of {documents}</source>
        <translation>{documents}中的 {count} 个</translation>
    </message>
    <message>
        <source>The best {count} of {documents}</source>
        <translation>{documents}中最匹配的 {count} 个</translation>
    </message>
    <message>
        <source>1 document was written to {path}</source>
        <translation>已将 1 个文档写入 {path}</translation>
    </message>
    <message>
        <source>{count} documents were written to {path}</source>
        <translation>已将 {count} 个文档写入 {path}</translation>
    </message>
    <message>
        <source>Empty</source>
        <translation>空</translation>
    </message>
    <message>
        <source>{files}, {size}</source>
        <translation>{files}，{size}</translation>
    </message>
    <message>
        <source>More than {files}, {size}</source>
        <translation>超过 {files}，{size}</translation>
    </message>
    <message>
        <source>1 passage</source>
        <translation>1 个段落</translation>
    </message>
    <message>
        <source>{count} passages</source>
        <translation>{count} 个段落</translation>
    </message>
    <message>
        <source>1 file could not be read</source>
        <translation>1 个文件无法读取</translation>
    </message>
    <message>
        <source>{count} files could not be read</source>
        <translation>{count} 个文件无法读取</translation>
    </message>
    <message>
        <source>1 file was read in part</source>
        <translation>1 个文件仅部分读取</translation>
    </message>
    <message>
        <source>{count} files were read in part</source>
        <translation>{count} 个文件仅部分读取</translation>
    </message>
    <message>
        <source>{failed} not read, {in_part} in part</source>
        <translation>{failed} 个无法读取，{in_part} 个仅部分读取</translation>
    </message>
    <message>
        <source>less than a minute left</source>
        <translation>剩余不到 1 分钟</translation>
    </message>
    <message>
        <source>about a minute left</source>
        <translation>剩余约 1 分钟</translation>
    </message>
    <message>
        <source>about {count} minutes left</source>
        <translation>剩余约 {count} 分钟</translation>
    </message>
    <message>
        <source>about an hour left</source>
        <translation>剩余约 1 小时</translation>
    </message>
    <message>
        <source>about {count} hours left</source>
        <translation>剩余约 {count} 小时</translation>
    </message>
    <message>
        <source>more than a day left</source>
        <translation>剩余超过 1 天</translation>
    </message>
    <message>
        <source>+1 copy</source>
        <translation>+1 个副本</translation>
    </message>
    <message>
        <source>+1 similar copy</source>
        <translation>+1 个相似副本</translation>
    </message>
    <message>
        <source>+{count} copies</source>
        <translation>+{count} 个副本</translation>
    </message>
    <message>
        <source>+{count} similar copies</source>
        <translation>+{count} 个相似副本</translation>
    </message>
    <message>
        <source>The same: {path}</source>
        <translation>内容相同：{path}</translation>
    </message>
    <message>
        <source>Almost the same: {path}</source>
        <translation>内容几乎相同：{path}</translation>
    </message>
    <message>
        <source>Open archive</source>
        <translation>打开压缩包</translation>
    </message>
    <message>
        <source>Open e-mail</source>
        <translation>打开邮件</translation>
    </message>
    <message>
        <source>Open mailbox</source>
        <translation>打开邮箱文件</translation>
    </message>
    <message>
        <source>and {count} more</source>
        <translation>还有 {count} 个</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>Looking for files…</source>
        <translation>正在查找文件…</translation>
    </message>
    <message>
        <source>Indexing</source>
        <translation>正在索引</translation>
    </message>
    <message>
        <source>Away, still searchable</source>
        <translation>未连接，仍可搜索</translation>
    </message>
    <message>
        <source>Up to date</source>
        <translation>已是最新</translation>
    </message>
    <message>
        <source>looked at every few seconds</source>
        <translation>每隔几秒检查一次</translation>
    </message>
    <message>
        <source>It is not there now, and stays searchable. If it was deleted, remove it from the list.</source>
        <translation>它现在不在原处，但仍可搜索。如果已被删除，请将它从列表中移除。</translation>
    </message>
    <message>
        <source>It is not there now. Its documents stay searchable, and nothing is lost.</source>
        <translation>它现在不在原处。其中的文档仍可搜索，不会丢失任何内容。</translation>
    </message>
    <message>
        <source>Its documents stay searchable. Changes are taken up when you resume.</source>
        <translation>其中的文档仍可搜索。继续后会处理更改。</translation>
    </message>
    <message>
        <source>The system does not tell of changes here, so it is looked at again and again.</source>
        <translation>系统不会通知此处的更改，因此会反复检查。</translation>
    </message>
    <message>
        <source>Changes are taken up within moments.</source>
        <translation>更改会在片刻之内生效。</translation>
    </message>
    <message>
        <source>On battery: indexing slowly</source>
        <translation>使用电池：索引速度降低</translation>
    </message>
    <message>
        <source>On battery: indexing waits</source>
        <translation>使用电池：索引已暂缓</translation>
    </message>
    <message>
        <source>Battery is low: indexing waits</source>
        <translation>电量不足：索引已暂缓</translation>
    </message>
    <message>
        <source>Presentation or film: indexing waits</source>
        <translation>正在演示或放映：索引已暂缓</translation>
    </message>
    <message>
        <source>1 file will no longer be found, and what the library knows of it is deleted. The document itself is left alone, in {path}.</source>
        <translation>将不再搜索到 1 个文件，资料库中关于它的信息会被删除。文档本身保持不变，仍在 {path}。</translation>
    </message>
    <message>
        <source>{files} will no longer be found, and what the library knows of them is deleted. The documents themselves are left alone, in {path}.</source>
        <translation>将不再搜索到 {files}，资料库中关于它们的信息会被删除。文档本身保持不变，仍在 {path}。</translation>
    </message>
    <message>
        <source>Indexing: 1 file left</source>
        <translation>正在索引：还剩 1 个文件</translation>
    </message>
    <message>
        <source>Indexing: {count} files left</source>
        <translation>正在索引：还剩 {count} 个文件</translation>
    </message>
    <message>
        <source>Looking for changes…</source>
        <translation>正在查找更改…</translation>
    </message>
    <message>
        <source>{documents} in {took} ms</source>
        <translation>{documents}，用时 {took} 毫秒</translation>
    </message>
    <message>
        <source>It is writing to this library. This window goes on by itself when that is done.</source>
        <translation>它正在写入此资料库。完成后，本窗口会自动继续。</translation>
    </message>
    <message>
        <source>Another BGE Desktop is at work</source>
        <translation>另一个 BGE Desktop 正在工作</translation>
    </message>
    <message>
        <source>{done_of_files} done</source>
        <translation>已完成 {done_of_files}</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>{done} of 1 file</source>
        <translation>{done}/1 个文件</translation>
    </message>
    <message>
        <source>{done} of {count} files</source>
        <translation>{done}/{count} 个文件</translation>
    </message>
</context>
</TS>
